package dev.noether.cli.stack;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicSetup;

/** A Kafka broker, the topics and the scoring job in this JVM. Thread-safe. */
public final class LocalStack implements AutoCloseable {
    private final EmbeddedBroker broker;
    private final DetectorConfig config;
    private final EmbeddedScoring scoring;

    private LocalStack(EmbeddedBroker broker, DetectorConfig config, EmbeddedScoring scoring) {
        this.broker = broker;
        this.config = config;
        this.scoring = scoring;
    }

    /**
     * Starts the broker, creates the missing topics and starts the job. Data of an earlier run in the directory is
     * used.
     *
     * @param directory folders of the broker log, the checkpoints and the models
     * @param port port of the broker; 0 for a free one
     * @param detector configuration of the detector; the addresses of Kafka, models and checkpoints are replaced
     * @throws dev.noether.embedded.BrokerStartException if the broker does not start
     * @throws StackException if Flink does not start
     */
    public static LocalStack start(StackDirectory directory, int port, DetectorConfig detector)
            throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(directory.broker(), port);
        try {
            DetectorConfig config = detector.withBootstrap(broker.bootstrapServers())
                    .withModelStore(directory.models().toUri())
                    .withCheckpointDirectory(directory.checkpoints().toUri());
            TopicSetup.create(config, Math.max(2, config.parallelism()), (short) 1);
            return new LocalStack(broker, config, EmbeddedScoring.start(config));
        } catch (RuntimeException | InterruptedException exception) {
            broker.close();
            throw exception;
        }
    }

    /** Configuration of the detector with the addresses of this stack. */
    public DetectorConfig config() {
        return config;
    }

    /** The running scoring job. */
    public EmbeddedScoring scoring() {
        return scoring;
    }

    /** Stops the job and then the broker, within five seconds. */
    @Override
    public void close() {
        try {
            scoring.close();
        } finally {
            broker.close();
        }
    }
}
