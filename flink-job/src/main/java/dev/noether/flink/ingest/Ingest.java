package dev.noether.flink.ingest;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.wire.Ingested;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.WireTypes;
import dev.noether.schemas.Rejected;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The head of each job: a source, and its fork into rows and rejected records.
 *
 * @param rows what was understood, with event time
 * @param rejected what was not
 */
public record Ingest(DataStream<ObservationRow> rows, DataStream<Rejected> rejected) {
    /**
     * Adds the head to a job. Source and fork run chained in the detector's parallelism.
     *
     * @param environment the job
     * @param source what {@link IngestSource} makes, or a test's own
     * @param config of the detector
     */
    public static Ingest define(
            StreamExecutionEnvironment environment, Source<Ingested, ?, ?> source, DetectorConfig config) {
        SingleOutputStreamOperator<ObservationRow> rows = environment
                .fromSource(source, EventTime.strategy(config.entities()), "observations", WireTypes.INGESTED)
                .uid("observations")
                .setParallelism(config.parallelism())
                .process(new RejectionRoutingFunction(), WireTypes.OBSERVATION_ROW)
                .name("reject")
                .uid("reject")
                .setParallelism(config.parallelism());
        return new Ingest(rows, rows.getSideOutput(RejectionRoutingFunction.REJECTED));
    }
}
