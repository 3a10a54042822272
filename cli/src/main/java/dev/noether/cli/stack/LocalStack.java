package dev.noether.cli.stack;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicSetup;

/** Broker, topics and scoring job in this JVM. Thread-safe. */
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
     * Starts all of it. What the directory holds from an earlier run is gone on with.
     *
     * @param directory of the broker log, the checkpoints and the models
     * @param port of the broker; 0 for a free one
     * @param detector the detector; where Kafka, the models and the checkpoints are is set here
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

    /** The detector's configuration, with the addresses of this stack. */
    public DetectorConfig config() {
        return config;
    }

    /** The scoring job. */
    public EmbeddedScoring scoring() {
        return scoring;
    }

    /** Stops all of it in order, within five seconds. */
    @Override
    public void close() {
        try {
            scoring.close();
        } finally {
            broker.close();
        }
    }
}
