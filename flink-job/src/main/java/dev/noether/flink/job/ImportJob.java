package dev.noether.flink.job;

import dev.noether.flink.access.AccessCheck;
import dev.noether.flink.access.AccessRole;
import dev.noether.flink.assembly.Assembly;
import dev.noether.flink.assembly.AssemblyOptions;
import dev.noether.flink.assembly.ImportSource;
import dev.noether.flink.assembly.LostRows;
import dev.noether.flink.assembly.RowAssemblyOperator;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.emit.KafkaSinks;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.kafka.TransactionLimit;
import dev.noether.flink.owner.OwnedOperatorFactory;
import dev.noether.flink.owner.OwnerCheck;
import dev.noether.flink.owner.OwnerGate;
import dev.noether.flink.owner.OwnerRole;
import dev.noether.flink.wire.MetricBatch;
import dev.noether.flink.wire.MetricResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.schemas.Rejected;
import java.time.Duration;
import java.util.UUID;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The import: reads topics whose records hold values of metrics, assembles one observation for each entity and interval,
 * and writes it to the topic of observations, exactly once.
 *
 * <pre>
 * metrics ─► decode ─┬─► by entity ─► rows ─► observations
 *                    └─► rejected
 * </pre>
 */
public final class ImportJob {
    private static final Logger LOG = LoggerFactory.getLogger(ImportJob.class);

    private ImportJob() {}

    /**
     * Runs the job: {@code --config FILE [--bootstrap SERVERS]}. On a Flink cluster Flink's own configuration decides
     * where it runs.
     *
     * @throws IllegalArgumentException if the detector reads its observations from their topic
     */
    public static void main(String[] arguments) throws Exception {
        DetectorConfig config = JobArguments.parse(arguments).config();
        requireImport(config);
        AccessCheck.require(config, AccessRole.IMPORT);
        TopicCheck.forImport(config);
        OwnerCheck.require(config, OwnerRole.IMPORTER, LOG::warn);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.of(config));
        JobSettings.claimCheckpoint(environment);
        define(environment, TransactionLimit.fit(config));
        environment.execute(name(config));
    }

    /**
     * Checks that a detector has an import.
     *
     * @throws IllegalArgumentException if the detector reads its observations from their topic
     */
    public static void requireImport(DetectorConfig config) {
        if (!config.source().isImported()) {
            throw new IllegalArgumentException(
                    "detector " + config.detector() + " needs no import: without `source.topics` "
                            + "and `source.topicPattern`, `score` reads the topic "
                            + config.topics().observations() + " itself");
        }
    }

    /** Returns the name of the job in Flink. */
    public static String name(DetectorConfig config) {
        return "noether import " + config.detector();
    }

    /** Adds the job to an environment, from Kafka to Kafka. It starts with the oldest record in Kafka. */
    public static void define(StreamExecutionEnvironment environment, DetectorConfig config) {
        define(environment, config, ImportSource.DISCOVERY);
    }

    /**
     * Adds the job to an environment, from Kafka to Kafka.
     *
     * @param discovery time between two looks for new topics and partitions
     */
    public static void define(StreamExecutionEnvironment environment, DetectorConfig config, Duration discovery) {
        String token = UUID.randomUUID().toString();
        KafkaSinks sinks = KafkaSinks.ofImport(
                config,
                new OwnerGate(config, OwnerRole.IMPORTER, token),
                new LostRows(config.detector(), config.topics().observations()));
        RowAssemblyOperator operator = new RowAssemblyOperator(AssemblyOptions.of(config));
        define(
                environment,
                config,
                ImportSource.streaming(config, discovery),
                new OwnedOperatorFactory<>(operator, config, OwnerRole.IMPORTER, token),
                sinks.observations(),
                sinks.rejected());
    }

    /**
     * Adds the job to an environment, with any source and sinks, and without a claim on the detector. Tests and benchmarks
     * run the same operators as live jobs.
     *
     * @param environment environment that the job is added to
     * @param config configuration of the detector
     * @param metrics source of the values
     * @param observations sink of the assembled rows
     * @param rejected sink of the rejected records
     */
    public static void define(
            StreamExecutionEnvironment environment,
            DetectorConfig config,
            Source<MetricResult, ?, ?> metrics,
            Sink<ObservationRow> observations,
            Sink<Rejected> rejected) {
        RowAssemblyOperator operator = new RowAssemblyOperator(AssemblyOptions.of(config));
        define(environment, config, metrics, new Assembler(operator), observations, rejected);
    }

    private static void define(
            StreamExecutionEnvironment environment,
            DetectorConfig config,
            Source<MetricResult, ?, ?> metrics,
            OneInputStreamOperatorFactory<MetricBatch, ObservationRow> assembler,
            Sink<ObservationRow> observations,
            Sink<Rejected> rejected) {
        Assembly assembly = Assembly.define(environment, metrics, config, assembler);
        assembly.rows()
                .sinkTo(observations)
                .name("observations")
                .uid("observations-out")
                .setParallelism(config.parallelism());
        assembly.rejected()
                .sinkTo(rejected)
                .name("rejected")
                .uid("rejected-out")
                .setParallelism(config.parallelism());
    }

    /** Makes the operator without a claim on the detector. */
    private static final class Assembler extends SimpleOperatorFactory<ObservationRow>
            implements OneInputStreamOperatorFactory<MetricBatch, ObservationRow> {
        private static final long serialVersionUID = 1L;

        Assembler(RowAssemblyOperator operator) {
            super(operator);
        }
    }
}
