package dev.noether.flink.wire;

import dev.noether.schemas.Incident;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.Score;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The Flink types of all that travels between operators. None falls to Kryo. */
public final class WireTypes {
    /** Rows: the only type that crosses the network for each record. */
    public static final TypeInformation<ObservationRow> OBSERVATION_ROW =
            new HandWrittenType<>(ObservationRow.class, new ObservationRowSerializer());

    /** What the source emits. */
    public static final TypeInformation<Ingested> INGESTED =
            new HandWrittenType<>(Ingested.class, new IngestedSerializer());

    /** Scores. */
    public static final TypeInformation<Score> SCORE = new HandWrittenType<>(Score.class, new ScoreSerializer());

    /** Rejected records. */
    public static final TypeInformation<Rejected> REJECTED =
            new HandWrittenType<>(Rejected.class, new RejectedSerializer());

    /** Announcements of models. */
    public static final TypeInformation<ModelRelease> MODEL_RELEASE =
            new HandWrittenType<>(ModelRelease.class, new ModelReleaseSerializer());

    /** What is said of incidents. */
    public static final TypeInformation<Incident> INCIDENT =
            new HandWrittenType<>(Incident.class, new IncidentSerializer());

    private WireTypes() {}
}
