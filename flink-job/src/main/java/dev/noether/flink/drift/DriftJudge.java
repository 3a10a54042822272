package dev.noether.flink.drift;

import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether scores show a lasting change. By calibration, a tenth of normal rows has a p-value of at most .1; such
 * rows are called unusual here. The period is divided into {@value #PARTS} equal parts, and the model's first hours are
 * the reference. A change lasts if at least {@value #LASTING} parts, the newest among them, have an excess of unusual
 * rows of at least {@value #LEAST_EXCESS} of all rows over the reference. Rows with filled-in or stuck values count as
 * incomplete.
 *
 * <ul>
 *   <li>Many entities changed: a drift. Few of them: an incident, which must not be trained on.
 *   <li>More than half of the unusual rows are incomplete: broken data.
 * </ul>
 *
 * <p>Bounded memory: at most {@value #MOST_ENTITIES} entities are counted by name. Not thread safe.
 */
public final class DriftJudge {
    /** Number of parts of a period. */
    public static final int PARTS = 6;

    /** Index of the model's first hours, the reference. */
    public static final int REFERENCE = PARTS;

    static final int LASTING = 5;
    static final double LEAST_EXCESS = 0.2;
    private static final int MOST_ENTITIES = 10_000;
    private static final double UNUSUAL = 0.1;
    private static final int LEAST_ROWS = 100;
    private static final int LEAST_ROWS_OF_ENTITY = 20;
    private static final int FEW = 3;
    private static final double HALF = 0.5;

    private final Counts[] all = new Counts[PARTS + 1];
    private final Map<String, Counts[]> byEntity = new HashMap<>();

    /** The counts of one part. */
    private static final class Counts {
        private int rows;
        private int scored;
        private int unusual;
        private int incompleteUnusual;

        void add(Score score) {
            rows++;
            if (Double.isNaN(score.pValue())) {
                return;
            }
            scored++;
            if (score.pValue() <= UNUSUAL) {
                unusual++;
                incompleteUnusual += score.imputed().isEmpty() && score.stuck().isEmpty() ? 0 : 1;
            }
        }

        double share() {
            return (double) unusual / scored;
        }
    }

    /** Makes a judge without scores. */
    public DriftJudge() {
        Arrays.setAll(all, part -> new Counts());
    }

    /**
     * Adds a score. Rows that could not be scored count nowhere.
     *
     * @param part part of the period, the oldest is 0; or {@link #REFERENCE}
     */
    public void add(int part, Score score) {
        if (score.verdict() == Verdict.UNSCORED) {
            return;
        }
        all[part].add(score);
        Counts[] counts = byEntity.get(score.entity());
        if (counts == null) {
            if (byEntity.size() == MOST_ENTITIES) {
                return;
            }
            counts = new Counts[PARTS + 1];
            Arrays.setAll(counts, index -> new Counts());
            byEntity.put(score.entity(), counts);
        }
        counts[part].add(score);
    }

    /** Judges the scores that were added. */
    public DriftFinding judge() {
        long thin = Arrays.stream(all).filter(part -> part.rows < LEAST_ROWS).count();
        if (thin > 0) {
            return DriftFinding.unknown(
                    "too few scores: " + thin + " of " + (PARTS + 1) + " parts have fewer than " + LEAST_ROWS);
        }
        double[] excesses = excesses(all, LEAST_ROWS);
        if (excesses == null) {
            return DriftFinding.unknown("too few rows have a p-value");
        }
        int entities = entities();
        int shifted = shifted();
        boolean few = entities > 1 && shifted * FEW < entities;
        if (isLasting(excesses) && isIncomplete()) {
            return finding(DriftFinding.Kind.BROKEN_DATA, excesses, "most unusual rows have filled-in or stuck values");
        }
        if (isLasting(excesses) && !few) {
            return finding(DriftFinding.Kind.DRIFT, excesses, "what is normal has changed");
        }
        return shifted > 0 && few
                ? finding(DriftFinding.Kind.INCIDENT, excesses, "few entities have changed, which is an incident")
                : finding(DriftFinding.Kind.STEADY, excesses, "the scores are steady");
    }

    private DriftFinding finding(DriftFinding.Kind kind, double[] excesses, String meaning) {
        double[] sorted = excesses.clone();
        Arrays.sort(sorted);
        double median = sorted[PARTS / 2];
        int entities = entities();
        int shifted = shifted();
        String sentence = String.format(
                Locale.ROOT,
                "%s: the part of the rows with a p-value of at most %.1f has grown by %.0f percentage points since"
                        + " the model began to score; %d of %d entities with enough scores have changed",
                meaning,
                UNUSUAL,
                Math.max(0, 100 * median),
                shifted,
                entities);
        return new DriftFinding(kind, median, shifted, entities, sentence);
    }

    private boolean isIncomplete() {
        int unusual = 0;
        int incomplete = 0;
        for (int part = 0; part < PARTS; part++) {
            unusual += all[part].unusual;
            incomplete += all[part].incompleteUnusual;
        }
        return incomplete > HALF * unusual;
    }

    private int entities() {
        return (int) byEntity.values().stream()
                .filter(counts -> isChanged(counts) != null)
                .count();
    }

    private int shifted() {
        return (int) byEntity.values().stream()
                .filter(counts -> Boolean.TRUE.equals(isChanged(counts)))
                .count();
    }

    /**
     * Whether an entity has changed; null if it has too few rows. An entity whose parts are too thin, such as one with a
     * row every five minutes, is judged by the period as a whole.
     */
    private @Nullable Boolean isChanged(Counts... counts) {
        double[] excesses = excesses(counts, LEAST_ROWS_OF_ENTITY);
        if (excesses != null) {
            return isLasting(excesses);
        }
        int scored = 0;
        int unusual = 0;
        for (int part = 0; part < PARTS; part++) {
            scored += counts[part].scored;
            unusual += counts[part].unusual;
        }
        if (scored < LEAST_ROWS_OF_ENTITY) {
            return null;
        }
        Counts reference = counts[REFERENCE].scored < LEAST_ROWS_OF_ENTITY ? all[REFERENCE] : counts[REFERENCE];
        return (double) unusual / scored - Math.max(UNUSUAL, reference.share()) >= LEAST_EXCESS;
    }

    /** The excess of each part over the reference; null if a part has too few rows with a p-value. */
    private static double @Nullable [] excesses(Counts[] counts, int leastRows) {
        for (Counts part : counts) {
            if (part.scored < leastRows) {
                return null;
            }
        }
        double[] excesses = new double[PARTS];
        for (int part = 0; part < PARTS; part++) {
            excesses[part] = counts[part].share() - Math.max(UNUSUAL, counts[REFERENCE].share());
        }
        return excesses;
    }

    private static boolean isLasting(double[] excesses) {
        long parts = Arrays.stream(excesses).filter(one -> one >= LEAST_EXCESS).count();
        return parts >= LASTING && excesses[PARTS - 1] >= LEAST_EXCESS;
    }
}
