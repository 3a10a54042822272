package dev.noether.flink.ingest;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.WireTypes;
import dev.noether.schemas.Rejected;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The first operators of each job: the source of observations, and the operator that separates rows from rejected
 * records.
 *
 * @param rows stream of valid observations, with event time and watermarks
 * @param rejected stream of records that are no valid observations
 */
public record Ingest(DataStream<ObservationRow> rows, DataStream<Rejected> rejected) {
    /**
     * Adds the operators to a job. Both run in one chain, with the detector's parallelism.
     *
     * @param environment environment of the job
     * @param source source that {@link IngestSource} makes, or the source of a test
     * @param config configuration of the detector
     */
    public static Ingest define(
            StreamExecutionEnvironment environment, Source<IngestResult, ?, ?> source, DetectorConfig config) {
        return define(environment, source, config, OldestOffsets.NONE_REMOVED);
    }

    /**
     * Adds the operators to a job that counts the observations which retention removed.
     *
     * @param environment environment of the job
     * @param source source that {@link IngestSource} makes
     * @param config configuration of the detector
     * @param oldest oldest offsets of the observations topic
     */
    public static Ingest define(
            StreamExecutionEnvironment environment,
            Source<IngestResult, ?, ?> source,
            DetectorConfig config,
            OldestOffsets oldest) {
        SingleOutputStreamOperator<ObservationRow> rows = environment
                .fromSource(source, EventTime.strategy(config.entities()), "observations", WireTypes.INGEST_RESULT)
                .uid("observations")
                .setParallelism(config.parallelism())
                .process(new RejectionRoutingFunction(oldest), WireTypes.OBSERVATION_ROW)
                .name("reject")
                .uid("reject")
                .setParallelism(config.parallelism());
        return new Ingest(rows, rows.getSideOutput(RejectionRoutingFunction.REJECTED));
    }
}
