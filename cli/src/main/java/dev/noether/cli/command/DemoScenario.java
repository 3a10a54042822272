package dev.noether.cli.command;

import dev.noether.cli.scenario.DriftScenario;
import dev.noether.cli.scenario.FeedbackScenario;
import dev.noether.cli.scenario.LeaderScenario;
import dev.noether.cli.scenario.Scenario;
import java.util.Locale;
import java.util.Optional;

/** What a demonstration shows. */
enum DemoScenario {
    /** Servers with twelve metrics each. */
    FLEET,
    /** Hearts with one signal that repeats. */
    HEARTBEAT,
    /** Three retrainers whose leader is killed. */
    LEADER,
    /** A weekly backup whose alarm is dismissed. */
    FEEDBACK,
    /** A fleet whose normal behaviour changes. */
    DRIFT;

    /**
     * Returns what tells the story of this scenario; empty if it only simulates observations for the demonstration.
     *
     * @param seed seed of the simulation
     */
    Optional<Scenario> story(long seed) {
        return switch (this) {
            case FLEET, HEARTBEAT -> Optional.empty();
            case LEADER -> Optional.of(new LeaderScenario(seed));
            case FEEDBACK -> Optional.of(new FeedbackScenario(seed));
            case DRIFT -> Optional.of(new DriftScenario(seed));
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
