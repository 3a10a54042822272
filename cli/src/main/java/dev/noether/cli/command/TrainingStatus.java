package dev.noether.cli.command;

import dev.noether.cli.console.Screen;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.renewal.RetrainerListener;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.TrainingOutcome;
import dev.noether.schemas.TrainingRun;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person what the retrainer does beside a scoring job: what is new as lines, what is not as usual as part of the
 * progress. Thread safe.
 */
final class TrainingStatus implements RetrainerListener {
    private static final String WAITS = "the retrainer waits until it leads";

    private final Screen screen;
    /** What is not as usual, by the name of the detector; without an entry all is well. */
    private final Map<String, String> states = new HashMap<>();
    /** Detectors whose newest training made no model: the next attempts are told when one does. */
    private final Map<String, TrainingOutcome> withoutModel = new HashMap<>();

    TrainingStatus(Screen screen) {
        this.screen = screen;
    }

    /** Returns what is not as usual at the training of a detector; empty if all is well. */
    synchronized String of(String detector) {
        return states.getOrDefault(detector, "");
    }

    @Override
    public synchronized void leads(DetectorConfig config, boolean isLeader) {
        if (isLeader) {
            states.remove(config.detector());
        } else {
            states.put(config.detector(), WAITS);
        }
    }

    @Override
    public synchronized void started(DetectorConfig config) {
        if (!withoutModel.containsKey(config.detector())) {
            say(config, "training on " + config.topics().observations() + " …");
            states.put(config.detector(), "training since " + LocalTime.now().truncatedTo(ChronoUnit.SECONDS));
        }
    }

    @Override
    public synchronized void ended(DetectorConfig config, TrainingRun run, @Nullable ModelRelease release) {
        boolean hasModel = run.outcome() == TrainingOutcome.PROMOTED;
        TrainingOutcome before =
                hasModel ? withoutModel.remove(config.detector()) : withoutModel.put(config.detector(), run.outcome());
        if (hasModel || before != run.outcome()) {
            say(config, TrainingNews.of(run, release) + (hasModel ? "" : " (tried again)"));
        }
        if (hasModel) {
            states.remove(config.detector());
        } else {
            states.put(config.detector(), "NO NEW MODEL: " + run.message());
        }
    }

    @Override
    public synchronized void failed(DetectorConfig config, String reason) {
        String now = "NOT TRAINING: " + reason.strip().replaceAll("\\s*\\R\\s*", " ");
        if (!now.equals(states.put(config.detector(), now))) {
            say(config, "not trained: " + reason.strip() + " (tried again)");
        }
    }

    private void say(DetectorConfig config, String text) {
        text.lines().forEach(line -> screen.line(config.detector() + ": " + line));
    }
}
