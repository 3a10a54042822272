package dev.noether.flink.assembly;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.wire.MetricBatch;
import dev.noether.flink.wire.MetricResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.WireTypes;
import dev.noether.schemas.Rejected;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;

/**
 * The operators of an import: the source of the values, the operator that separates rejected records, and the one that
 * assembles rows.
 *
 * @param rows stream of rows, those of an entity in the order of their times
 * @param rejected stream of records that could not be read
 */
public record Assembly(DataStream<ObservationRow> rows, DataStream<Rejected> rejected) {
    /**
     * Adds the operators to a job.
     *
     * @param environment environment of the job
     * @param source source that {@link ImportSource} makes, or the source of a test
     * @param config configuration of the detector
     * @param assembler makes the operator from rows of values to observations
     */
    public static Assembly define(
            StreamExecutionEnvironment environment,
            Source<MetricResult, ?, ?> source,
            DetectorConfig config,
            OneInputStreamOperatorFactory<MetricBatch, ObservationRow> assembler) {
        SingleOutputStreamOperator<MetricBatch> values = environment
                .fromSource(
                        source,
                        MetricWatermarks.strategy(
                                config.entities().idleness(),
                                config.source().imported().interval()),
                        "metrics",
                        WireTypes.METRIC_RESULT)
                .uid("metrics")
                .setParallelism(config.parallelism())
                .process(new MetricRejectionFunction(), WireTypes.METRIC_BATCH)
                .name("metric rejects")
                .uid("metric-rejects")
                .setParallelism(config.parallelism());
        SingleOutputStreamOperator<ObservationRow> rows = values.keyBy(MetricBatch::entity, Types.STRING)
                .transform("rows", WireTypes.OBSERVATION_ROW, assembler)
                .uid("rows")
                .setParallelism(config.parallelism());
        return new Assembly(rows, values.getSideOutput(MetricRejectionFunction.REJECTED));
    }
}
