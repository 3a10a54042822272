package dev.noether.cli.command;

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
    LEADER;

    /**
     * Returns what tells the story of this scenario; empty if it only simulates observations for the demonstration.
     *
     * @param seed seed of the simulation
     */
    Optional<Scenario> story(long seed) {
        return this == LEADER ? Optional.of(new LeaderScenario(seed)) : Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
