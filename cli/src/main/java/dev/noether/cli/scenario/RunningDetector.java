package dev.noether.cli.scenario;

import dev.noether.cli.stack.EmbeddedScoring;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.flink.release.AnnouncementException;
import dev.noether.flink.release.Announcer;
import dev.noether.flink.release.ReleaseTimeline;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.schemas.ModelRelease;
import java.util.List;

/** A detector with its running scoring job. Not thread safe. */
final class RunningDetector implements AutoCloseable {
    private final DetectorConfig config;
    private final FleetStream stream;
    private final EmbeddedScoring scoring;

    /** Starts the scoring of a stream. */
    RunningDetector(DetectorConfig config, FleetStream stream) throws InterruptedException {
        this.config = config;
        this.stream = stream;
        this.scoring = EmbeddedScoring.start(config);
    }

    DetectorConfig config() {
        return config;
    }

    /** The model that scores the newest event times. */
    ModelRelease inForce() {
        return new ReleaseTimeline(new ReleaseTopic(config).read())
                .latestFirst()
                .get(0);
    }

    /** Announces the model of another detector with the same features. */
    void begin(ModelRelease model) throws AnnouncementException, InterruptedException {
        try (Announcer announcer = Announcer.open(config)) {
            announcer.announce(List.of(new ModelRelease(
                    config.detector(),
                    model.version(),
                    model.artifact(),
                    model.featureSchemaFingerprint(),
                    model.effectiveFrom(),
                    model.stage(),
                    model.announcedAt(),
                    model.calibration(),
                    model.provenance())));
        }
        awaitModel(model.version());
    }

    /** Waits until the job has loaded a model. */
    void awaitModel(long version) throws InterruptedException {
        Waiting.until(
                "model " + version + " of " + config.detector(),
                () -> scoring.metrics().modelVersion() >= version);
    }

    /** Waits until all that was sent is scored. */
    void awaitScored() throws InterruptedException {
        Waiting.until(
                "the scores of " + config.detector(),
                () -> scoring.metrics().scored() + scoring.metrics().unscored() >= stream.sent());
    }

    /** Waits until the scores of all that was sent are committed. */
    void awaitCommitted() throws InterruptedException {
        Waiting.until("the committed scores of " + config.detector(), () -> {
            long[] count = {0};
            TopicReader.readAll(config, config.topics().scores(), score -> count[0]++);
            return count[0] >= stream.sent();
        });
    }

    @Override
    public void close() {
        scoring.close();
    }
}
