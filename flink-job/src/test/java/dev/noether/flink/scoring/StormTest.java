package dev.noether.flink.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.AlarmSection;
import dev.noether.flink.config.ContributionDetail;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.ModelSection;
import dev.noether.flink.config.OutputSection;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.retrain.TrainingOperator;
import dev.noether.flink.scoring.TestingHosts.Host;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import dev.noether.model.training.DetectorTrainer;
import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.TrainingProgress;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All that goes wrong with a source at once, on a model trained before: 170,000 rows of which one value in twenty is
 * missing and one row in a hundred comes twice; ten thousand new hosts in a minute; half of the old hosts write local
 * time, which repeats an hour and later leaves one out; a setting begins to move; counters start anew.
 */
final class StormTest {
    private static final long SEED = Long.getLong("noether.seed", 20_261_124);
    private static final int OLD = 100;
    private static final int TRAINED_MINUTES = 700;
    private static final int NEW = 10_000;
    private static final int NEW_MINUTES = 12;
    private static final int STORM_MINUTES = 500;
    /** Minutes since the storm began. */
    private static final int NEW_FROM = 50;

    private static final int CLOCK_BACK = 150;
    private static final int CLOCK_FORWARD = 300;
    private static final int RESTART = 350;
    private static final int LIMIT_MOVES = 400;
    private static final int MOVING = 10;
    private static final int RESTARTED = 20;
    private static final int BROKEN_GAUGES = 3;
    private static final float BREAK = 10;
    private static final long HOUR = 60 * TestingHosts.MINUTE;
    private static final double PROMISED = 0.002;

    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    /** What a row is of, by offset: the alarms are counted apart. */
    private final List<Kind> kinds = new ArrayList<>();

    private final long[] judged = new long[Kind.values().length];
    private final long[] alarms = new long[Kind.values().length];
    private final Set<String> movedAndSeen = new HashSet<>();
    private final Set<String> restartedAndSeen = new HashSet<>();
    private final BitSet answered = new BitSet();
    private long late;

    private enum Kind {
        OLD_HOST,
        NEW_HOST,
        REPEAT,
        AFTER_THE_CLOCK_JUMPED,
        MOVING_LIMIT,
        RESTARTED_COUNTER,
        BROKEN_NEW_HOST,
        HOST_THAT_BREAKS
    }

    @Test
    void theBudgetIsKeptAndEachRowAnswered() throws Exception {
        System.out.println("storm of seed " + SEED + ", change with -Dnoether.seed=");
        DetectorConfig config = DetectorConfig.withDefaults("storm", TestingHosts.FEATURES)
                .with(AlarmSection.BUDGET, AlarmBudget.parse("1 per entity per PT500M"))
                .with(RetrainingSection.EPOCHS, 2)
                .with(ModelSection.ENGINE, EngineChoice.OPENBLAS)
                .with(OutputSection.CONTRIBUTIONS, ContributionDetail.ALL);
        ModelArtifact model = train(config);
        try (ScoringHarness harness = new ScoringHarness(ScoringOptions.of(config), KnownReleases.NONE, null)) {
            harness.announce(new TestingModels(folder, "storm").release(1, 0, model));
            for (int minute = 0; minute < STORM_MINUTES; minute++) {
                storm(harness, minute);
                harness.scores().forEach(this::check);
            }
            harness.endInput();
            harness.scores().forEach(this::check);
            assertThat(answered.cardinality()).as("each row is answered").isEqualTo(kinds.size());
            assertThat(harness.metrics().duplicates.getCount()).isPositive();
            assertThat(harness.metrics().imputed.getCount()).isPositive();
            // Of the hour that comes twice, about half is late; then the window is set back.
            assertThat(harness.metrics().late.getCount()).isEqualTo(late).isBetween(OLD / 2 * 31L, OLD / 2 * 45L);
            assertThat(harness.metrics().clockResets.getCount()).isGreaterThanOrEqualTo(OLD / 3);
        }
        report();
        assertThat(rate(Kind.OLD_HOST, Kind.NEW_HOST, Kind.AFTER_THE_CLOCK_JUMPED))
                .as("budget")
                .isLessThanOrEqualTo(3 * PROMISED);
        double realised = rate(Kind.OLD_HOST, Kind.AFTER_THE_CLOCK_JUMPED);
        assertThat(realised).as("budget of the old hosts alone").isLessThanOrEqualTo(3 * PROMISED);
        assertThat(rate(Kind.AFTER_THE_CLOCK_JUMPED))
                .as("behind the hour that comes twice, of 59 alarms where it was bridged")
                .isLessThanOrEqualTo(6 * PROMISED);
        assertThat(rate(Kind.NEW_HOST)).as("no storm of new hosts").isLessThanOrEqualTo(3 * PROMISED);
        assertThat(realised).as("not deaf").isGreaterThan(PROMISED / 10);
        assertThat(rate(Kind.BROKEN_NEW_HOST)).as("new hosts that break").isGreaterThan(0.9);
        assertThat(movedAndSeen).as("settings that moved").hasSize(MOVING);
        // The counter is recognised in training; that it starts anew is no incident.
        assertThat(restartedAndSeen).as("counters that started anew").hasSizeLessThanOrEqualTo(RESTARTED / 10);
    }

    private ModelArtifact train(DetectorConfig config) {
        List<EntityHistory> histories = new ArrayList<>();
        for (String name : TestingHosts.names("old", OLD)) {
            Host host = new Host(name, SEED);
            hosts.put(name, host);
            histories.add(TestingHosts.history(name, host, TRAINED_MINUTES));
        }
        try (Engine engine = EngineChoice.OPENBLAS.open()) {
            return new DetectorTrainer(engine, TrainingOperator.detectorOptions(config))
                    .train(config.features(), histories, new TreeMap<>(), TrainingProgress.SILENT)
                    .model();
        }
    }

    /** A minute of rows, those of the new hosts among them while they are there. */
    private void storm(ScoringHarness harness, int minute) throws Exception {
        int index = 0;
        for (String name : TestingHosts.names("old", OLD)) {
            old(harness, name, index++, minute);
        }
        if (minute >= NEW_FROM && minute < NEW_FROM + NEW_MINUTES) {
            for (String name : TestingHosts.names("new", NEW)) {
                Host host = hosts.computeIfAbsent(name, key -> new Host(key, SEED));
                fresh(harness, name, host.next(), minute);
            }
        }
    }

    /** A few of the new hosts break in their tenth minute, by ten times what hosts differ. */
    private void fresh(ScoringHarness harness, String name, float[] values, int minute) throws Exception {
        boolean breaks = name.endsWith("77");
        if (breaks && minute == NEW_FROM + 9) {
            for (int j = 0; j < BROKEN_GAUGES; j++) {
                values[j] += BREAK;
            }
            send(harness, name, minute, 0, values, Kind.BROKEN_NEW_HOST);
        } else {
            send(harness, name, minute, 0, values, breaks ? Kind.HOST_THAT_BREAKS : Kind.NEW_HOST);
        }
    }

    private void old(ScoringHarness harness, String name, int index, int minute) throws Exception {
        Host host = hosts.get(name);
        boolean localTime = index % 2 == 0;
        boolean moving = index < MOVING && minute >= LIMIT_MOVES;
        boolean restarted = index >= OLD - RESTARTED && minute >= RESTART;
        if (moving) {
            host.moveLimit();
        }
        if (restarted && minute == RESTART) {
            host.restart();
        }
        long back = localTime && minute >= CLOCK_BACK && minute < CLOCK_FORWARD ? HOUR : 0;
        Kind kind = Kind.OLD_HOST;
        if (moving) {
            kind = Kind.MOVING_LIMIT;
        } else if (restarted && minute < RESTART + 6) {
            kind = Kind.RESTARTED_COUNTER;
        } else if (localTime && minute >= CLOCK_BACK && minute < CLOCK_BACK + 90) {
            kind = Kind.AFTER_THE_CLOCK_JUMPED;
        }
        send(harness, name, minute, back, host.next(), kind);
    }

    private void send(ScoringHarness harness, String name, int minute, long back, float[] values, Kind kind)
            throws Exception {
        for (int j = 0; j < values.length; j++) {
            if (random.nextInt(20) == 0) {
                values[j] = Float.NaN;
            }
        }
        long time = (TRAINED_MINUTES + minute) * TestingHosts.MINUTE - back + name.hashCode() % 20_000;
        send(harness, new ObservationRow(name, time, 0, kinds.size(), values), kind);
        if (random.nextInt(100) == 0) {
            send(harness, new ObservationRow(name, time, 0, kinds.size(), values.clone()), Kind.REPEAT);
        }
    }

    private void send(ScoringHarness harness, ObservationRow row, Kind kind) throws Exception {
        kinds.add(kind);
        harness.send(row);
    }

    private void check(Score score) {
        int offset = (int) score.sourceOffset();
        assertThat(answered.get(offset)).as("second score of row %d", offset).isFalse();
        answered.set(offset);
        if (score.verdict() == Verdict.UNSCORED) {
            late += "LATE".equals(String.valueOf(score.unscoredReason())) ? 1 : 0;
            return;
        }
        ScoreChecks.assertFinite(score);
        Kind kind = kinds.get(offset);
        judged[kind.ordinal()]++;
        if (score.verdict() == Verdict.ANOMALOUS) {
            alarms[kind.ordinal()]++;
            if (kind == Kind.MOVING_LIMIT) {
                movedAndSeen.add(score.entity());
            } else if (kind == Kind.RESTARTED_COUNTER) {
                restartedAndSeen.add(score.entity());
            }
        }
    }

    private double rate(Kind... of) {
        double rows = 0;
        double alarmed = 0;
        for (Kind kind : of) {
            rows += judged[kind.ordinal()];
            alarmed += alarms[kind.ordinal()];
        }
        return alarmed / rows;
    }

    private void report() {
        for (Kind kind : Kind.values()) {
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d alarms in %d rows, %.2f times the promise%n",
                    kind,
                    alarms[kind.ordinal()],
                    judged[kind.ordinal()],
                    rate(kind) / PROMISED);
        }
        System.out.printf(
                Locale.ROOT,
                "normal rows: %.2f times the promise; late %d; settings seen %d of %d, counters %d of %d%n",
                rate(Kind.OLD_HOST, Kind.NEW_HOST, Kind.AFTER_THE_CLOCK_JUMPED) / PROMISED,
                late,
                movedAndSeen.size(),
                MOVING,
                restartedAndSeen.size(),
                RESTARTED);
    }
}
