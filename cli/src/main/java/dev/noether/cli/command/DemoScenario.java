package dev.noether.cli.command;

import dev.noether.cli.scenario.BadChallengerScenario;
import dev.noether.cli.scenario.DriftScenario;
import dev.noether.cli.scenario.FeedbackScenario;
import dev.noether.cli.scenario.LeaderScenario;
import dev.noether.cli.scenario.PoisonScenario;
import dev.noether.cli.scenario.ReplayScenario;
import dev.noether.cli.scenario.RollbackScenario;
import dev.noether.cli.scenario.Scenario;
import java.util.Locale;
import java.util.Optional;

/** What a demonstration shows. */
enum DemoScenario {
    /** Servers with twelve metrics each. */
    FLEET("servers with faults: training, scoring, a new model, and the check of every outcome"),
    /** Hearts with one signal that repeats. */
    HEARTBEAT("the same with heart beats, whose faults are faults of shape"),
    /** Three retrainers whose leader is killed. */
    LEADER("three retrainers, of which the leader is killed in a training: another one finishes"),
    /** A weekly backup whose alarm is dismissed. */
    FEEDBACK("a weekly backup whose alarm is dismissed twice and silent the third time"),
    /** A fleet whose normal behaviour changes. */
    DRIFT("what is normal changes: alarms with and without retraining"),
    /** Models that misbehave. */
    ROLLBACK("a model passes the gate and misbehaves, a refused one is promoted by hand: both are withdrawn"),
    /** A second scoring of the same observations. */
    REPLAY("an hour with two new models, scored again from the beginning with a kill: the same scores"),
    /** An incident that is part of the history. */
    POISON("an incident that nobody marked is 5 % of the history: its kind is still detected"),
    /** Models that must not score. */
    BAD_CHALLENGER("seven bad models are offered to a running job: each is refused by the figure that shows why");

    private final String line;

    DemoScenario(String line) {
        this.line = line;
    }

    /** What it shows, in one line. */
    String line() {
        return line;
    }

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
            case ROLLBACK -> Optional.of(new RollbackScenario(seed));
            case BAD_CHALLENGER -> Optional.of(new BadChallengerScenario(seed));
            case POISON -> Optional.of(new PoisonScenario(seed));
            case REPLAY -> Optional.of(new ReplayScenario(seed));
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
