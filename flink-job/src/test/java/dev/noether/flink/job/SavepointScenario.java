package dev.noether.flink.job;

import dev.noether.flink.config.AlarmSection;
import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.ContributionDetail;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.config.IncidentSection;
import dev.noether.flink.config.MicroBatchSection;
import dev.noether.flink.config.ModelSection;
import dev.noether.flink.config.OutputSection;
import dev.noether.flink.config.RuleSection;
import dev.noether.flink.config.WindowSection;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.feature.MissingPolicy;
import dev.noether.model.repeat.RepeatCounts;
import dev.noether.model.repeat.RepeatLaw;
import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The story behind a {@link SavepointFixture}: a detector, its two models, and a stream in which something of each kind
 * is under way at the savepoint and goes on behind it. Every entity reports once in a second, which is a round.
 */
final class SavepointScenario {
    /** The models, and from which round on each scores. */
    static final List<Integer> MODEL_ROUNDS = List.of(0, 50);

    private static final int ROUNDS_BEFORE = 40;
    private static final int ROUNDS = 64;
    private static final int ENTITIES = 13;
    private static final int FEATURES = 4;
    private static final int WINDOW = 3;
    private static final long ROUND_MILLIS = 1_000;
    private static final long START = Instant.parse("2026-03-02T06:00:00Z").toEpochMilli();
    private static final int LATE_ROUNDS = 8;
    /** Of one entity, the features by name, the others' by position. */
    private static final int NAMED = 1;
    /** A name that is not of the Latin alphabet alone. */
    private static final String PUMP = "насос 11 µ";

    /** Two of the entities are under maintenance: one that breaks, and one that is silent. */
    private static final String CALENDAR = """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//noether//test//EN
            BEGIN:VEVENT
            UID:pump
            SUMMARY:new seal
            X-NOETHER-ENTITIES:%s
            DTSTART:20260302T060030Z
            DTEND:20260302T060041Z
            END:VEVENT
            BEGIN:VEVENT
            UID:move
            SUMMARY:moved to another rack
            X-NOETHER-ENTITIES:entity-12
            DTSTART:20260302T060025Z
            DTEND:20260302T060200Z
            END:VEVENT
            END:VCALENDAR
            """.formatted(PUMP);

    private final List<Observation> before = new ArrayList<>();
    private final List<Observation> after = new ArrayList<>();

    SavepointScenario() {
        SplittableRandom random = new SplittableRandom(20_260_302);
        Map<Integer, float[]> held = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<Observation> rows = round < ROUNDS_BEFORE ? before : after;
            for (int entity = 0; entity < ENTITIES; entity++) {
                float[] values = values(entity, round, held.get(entity), random);
                held.put(entity, values);
                if (!isSilent(entity, round)) {
                    rows.add(observation(entity, round, values));
                }
            }
            disturb(rows, round, random);
        }
    }

    /** The maintenance, as the text of an iCalendar file. */
    static String calendar() {
        return CALENDAR;
    }

    /** The detector, without the directories and files that it uses. */
    static DetectorConfig config() {
        return DetectorConfig.withDefaults("fixture", TestingModels.features(FEATURES))
                .with(GeneralSection.PARALLELISM, 1)
                .with(WindowSection.ROWS, WINDOW)
                .with(ModelSection.FORECAST_ROWS, WINDOW - 1)
                .with(EntitySection.DISORDER, Duration.ofSeconds(2))
                .with(EntitySection.MISSING, MissingPolicy.HOLD)
                .with(AlarmSection.BUDGET, AlarmBudget.parse("1 per entity per PT100S"))
                // Micro-batches end with a watermark, not when time is up.
                .with(MicroBatchSection.LINGER, Duration.ofMinutes(1))
                .with(OutputSection.CONTRIBUTIONS, ContributionDetail.ANOMALOUS)
                .with(IncidentSection.QUIET, Duration.ofSeconds(8))
                .with(IncidentSection.GROUP_INTERVAL, Duration.ofSeconds(3))
                .with(IncidentSection.GROUP_MINIMUM, 3)
                .with(IncidentSection.STALL_AFTER, Duration.ofDays(1))
                .with(RuleSection.ONLY_UP, List.of("f3"))
                .with(CheckpointSection.INTERVAL, Duration.ofMinutes(5));
    }

    /** A model: in each every feature moves so that standing still is told. */
    static ModelArtifact model(int index) {
        RepeatCounts moving = new RepeatCounts(100_000, 0, 0, 0, 1);
        return TestingModels.model(FEATURES, WINDOW, 11 + index)
                .withRepeats(new RepeatLaw(Collections.nCopies(FEATURES, moving)));
    }

    /** When a round begins, milliseconds since 1970 UTC. */
    static long time(int round) {
        return START + round * ROUND_MILLIS;
    }

    /** When the first round behind the savepoint begins. */
    static long savepointTime() {
        return time(ROUNDS_BEFORE);
    }

    /** What comes before the savepoint. */
    List<Observation> before() {
        return before;
    }

    /** What comes behind it. */
    List<Observation> after() {
        return after;
    }

    private static boolean isSilent(int entity, int round) {
        return switch (entity) {
            case 3 -> round >= 25 && round < 48;
            case 4 -> round >= 44;
            // New: its window is not full at the savepoint.
            case 10 -> round < 39;
            case 12 -> round >= 28 && round < 60;
            default -> false;
        };
    }

    private static float[] values(int entity, int round, float[] held, SplittableRandom random) {
        float[] values = new float[FEATURES];
        for (int j = 0; j < FEATURES; j++) {
            values[j] = (float) random.nextGaussian() * 0.3f;
        }
        switch (entity) {
            // Open at the savepoint; becomes worse behind it, and is over.
            case 1 -> {
                breaks(values, 0, round, 31, 32, 20);
                breaks(values, 0, round, 41, 43, 2_000);
            }
            // Stuck at the savepoint, and moves again.
            case 2 -> sticks(values, 2, round, 30, 45, held);
            // Stands still at the savepoint for too short a time to be told.
            case 5 -> sticks(values, 1, round, 37, 49, held);
            // An outbreak that is open at the savepoint, because one of the three goes on.
            case 6, 7, 8 -> {
                breaks(values, 1, round, 20, 21, 25);
                if (entity == 6) {
                    breaks(values, 2, round, 28, 28, -60);
                    breaks(values, 0, round, 36, 36, 120);
                    breaks(values, 3, round, 44, 44, 240);
                }
            }
            // Held back at the savepoint.
            case 9 -> breaks(values, 2, round, 38, 39, 30);
            // Under maintenance at the savepoint, and broken for longer.
            case 11 -> {
                breaks(values, 0, round, 36, 37, 40);
                breaks(values, 1, round, 43, 43, 80);
            }
            // Falls, which does not count, and rises, which does.
            case 0 -> {
                breaks(values, 3, round, 52, 52, -300);
                breaks(values, 3, round, 55, 55, 600);
            }
            default -> {}
        }
        return values;
    }

    private static void breaks(float[] values, int feature, int round, int from, int to, float value) {
        if (round >= from && round <= to) {
            values[feature] += value;
        }
    }

    private static void sticks(float[] values, int feature, int round, int from, int to, float[] held) {
        if (round >= from && round <= to) {
            values[feature] = held[feature];
        }
    }

    /** Before and behind the savepoint: a late row, one out of order, one that comes twice, and missing features. */
    private static void disturb(List<Observation> rows, int round, SplittableRandom random) {
        if (round != ROUNDS_BEFORE - 1 && round != ROUNDS_BEFORE + 5) {
            return;
        }
        rows.add(observation(0, round - LATE_ROUNDS, values(-1, round, new float[0], random)));
        Observation between = observation(NAMED, round, values(-1, round, new float[0], random));
        rows.add(new Observation(between.entity(), between.eventTime() - ROUND_MILLIS / 2, between.features()));
        rows.add(observation(8, round, values(-1, round, new float[0], random)));
        float[] lacking = values(-1, round, new float[0], random);
        lacking[2] = Float.NaN;
        rows.add(new Observation("entity-0", time(round) + ROUND_MILLIS - 1, positional(lacking)));
    }

    private static Observation observation(int entity, int round, float[] values) {
        long time = time(round) + 10L * entity;
        return new Observation(
                entity == 11 ? PUMP : "entity-" + entity, time, entity == NAMED ? named(values) : positional(values));
    }

    private static Features positional(float[] values) {
        return new Features.Positional(TestingModels.features(FEATURES).fingerprint(), values);
    }

    private static Features named(float[] values) {
        Map<String, Float> named = new HashMap<>();
        for (int j = 0; j < FEATURES; j++) {
            named.put("f" + j, values[j]);
        }
        return new Features.Named(named);
    }
}
