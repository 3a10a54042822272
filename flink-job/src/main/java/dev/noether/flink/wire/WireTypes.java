package dev.noether.flink.wire;

import dev.noether.schemas.Incident;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.Score;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The Flink types of all records between operators. None uses Kryo. */
public final class WireTypes {
    /** Rows: the only records that always cross the network. */
    public static final TypeInformation<ObservationRow> OBSERVATION_ROW =
            new HandWrittenType<>(ObservationRow.class, new ObservationRowSerializer());

    /** Results of reading Kafka records: rows and rejected records. */
    public static final TypeInformation<IngestResult> INGEST_RESULT =
            new HandWrittenType<>(IngestResult.class, new IngestResultSerializer());

    /** Values of metrics of an import. */
    public static final TypeInformation<MetricBatch> METRIC_BATCH =
            new HandWrittenType<>(MetricBatch.class, new MetricBatchSerializer());

    /** Results of reading the records of an import: values of metrics and rejected records. */
    public static final TypeInformation<MetricResult> METRIC_RESULT =
            new HandWrittenType<>(MetricResult.class, new MetricResultSerializer());

    /** Scores. */
    public static final TypeInformation<Score> SCORE = new HandWrittenType<>(Score.class, new ScoreSerializer());

    /** Rejected records. */
    public static final TypeInformation<Rejected> REJECTED =
            new HandWrittenType<>(Rejected.class, new RejectedSerializer());

    /** Releases of models. */
    public static final TypeInformation<ModelRelease> MODEL_RELEASE =
            new HandWrittenType<>(ModelRelease.class, new ModelReleaseSerializer());

    /** Incidents. */
    public static final TypeInformation<Incident> INCIDENT =
            new HandWrittenType<>(Incident.class, new IncidentSerializer());

    private WireTypes() {}
}
