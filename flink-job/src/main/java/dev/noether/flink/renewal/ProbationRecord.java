package dev.noether.flink.renewal;

import dev.noether.schemas.GateFigure;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The alarms of one model since it took effect, and whether they show that the model is wrong. Needs memory for the
 * entities that alarm, at most {@value #MOST_ENTITIES}, for the rows ({@link SeenRows}), and 128 KiB. Not thread safe.
 *
 * <p>Each observation counts once, also if a transaction was aborted and its scores are in the topic twice.
 *
 * <p>A wrong model must be told from an outbreak, on which a right model alarms too. Two things tell them apart:
 *
 * <ol>
 *   <li><i>From the first row on.</i> The only thing that happens at the very row from which a model scores is the change
 *       of models. So the entities are counted whose first row by this model is anomalous, and that did not alarm just
 *       before. An outbreak that begins one row later is not among them.
 *   <li><i>All the time.</i> An outbreak comes and goes; a wrong model stays wrong. So the quarter of the probation with
 *       the most alarms, wherever it lies, is left out, and the entities are counted that alarm outside of it.
 * </ol>
 *
 * <p>Either of the two must hold for at least {@value #SHARE} of the entities and {@value #LEAST_ENTITIES}, and be
 * beyond chance: alarms are at most Poisson distributed with {@value #FACTOR} times the promised probability, and so
 * many have a probability below {@value #CHANCE}. The rows of an incident alarm together, so an alarm of an entity
 * begins if its last anomalous row is {@value #GAP_MILLIS} ms back, and an entity counts at most {@value #MOST_OF_ONE}
 * times.
 */
final class ProbationRecord {
    /** An entity that alarmed within this time, in milliseconds, still has the same alarm. */
    static final long GAP_MILLIS = 600_000;

    private static final double FACTOR = 10;
    private static final double CHANCE = 1e-6;
    private static final double SHARE = 0.2;
    private static final int LEAST_ENTITIES = 3;
    private static final int MOST_OF_ONE = 3;
    private static final int MOST_ENTITIES = 10_000;
    /** Parts of the probation, for each of which an entity has a bit. */
    private static final int PARTS = Long.SIZE;
    /** Parts that an outbreak may take. */
    private static final int OUTBREAK_PARTS = PARTS / 4;
    /** Number of bits by which distinct entities are counted. */
    private static final int BITS = 1 << 20;

    private static final int MIX = 0x9E3779B9;

    private final double promised;
    private final long from;
    private final long probation;
    private final SeenRows seen = new SeenRows();
    private final BitSet entities = new BitSet(BITS);
    private final Map<String, Alarms> alarming = new HashMap<>();
    private final Set<String> alarmingBefore = new HashSet<>();
    private long rows;
    private long newest;
    private long alarms;
    private long fromFirstRow;
    private long notFinite;

    /** The alarms of one entity. */
    private static final class Alarms {
        private long newest;
        private int count;
        /** Bit {@code i} is set if a row in part {@code i} of the probation is anomalous. */
        private long parts;
    }

    /**
     * Makes a record without scores.
     *
     * @param promised promised share of anomalous rows
     * @param from event time from which the model scores, milliseconds since 1970 UTC
     * @param probation length of the probation, milliseconds
     */
    ProbationRecord(double promised, long from, long probation) {
        this.promised = promised;
        this.from = from;
        this.probation = probation;
        this.newest = from;
    }

    /** Adds a score of the model before this one. */
    void addBefore(Score score) {
        if (isAlarm(score)
                && score.eventTime() >= from - GAP_MILLIS
                && score.eventTime() < from
                && alarmingBefore.size() < MOST_ENTITIES) {
            alarmingBefore.add(score.entity());
        }
    }

    /** Adds a score of the model. Scores of an entity come in the order of their times. */
    void add(Score score) {
        if (score.verdict() == Verdict.UNSCORED || !seen.add(score.sourcePartition(), score.sourceOffset())) {
            return;
        }
        rows++;
        newest = Math.max(newest, score.eventTime());
        int bit = score.entity().hashCode() * MIX >>> Integer.SIZE - Integer.numberOfTrailingZeros(BITS);
        boolean isFirst = !entities.get(bit);
        entities.set(bit);
        if (!Double.isFinite(score.score())) {
            notFinite++;
        }
        if (isAlarm(score)) {
            addAlarm(score);
            if (isFirst && !alarmingBefore.contains(score.entity())) {
                fromFirstRow++;
            }
        }
    }

    private static boolean isAlarm(Score score) {
        return score.verdict() == Verdict.ANOMALOUS && score.suppressed() == null;
    }

    private void addAlarm(Score score) {
        Alarms of = alarming.get(score.entity());
        if (of == null) {
            if (alarming.size() == MOST_ENTITIES) {
                return;
            }
            of = new Alarms();
            alarming.put(score.entity(), of);
            of.newest = Long.MIN_VALUE + GAP_MILLIS;
        }
        if (score.eventTime() - GAP_MILLIS >= of.newest && of.count < MOST_OF_ONE) {
            of.count++;
            alarms++;
        }
        of.newest = Math.max(of.newest, score.eventTime());
        long part = (score.eventTime() - from) * PARTS / Math.max(1, probation);
        of.parts |= 1L << Math.min(PARTS - 1, Math.max(0, part));
    }

    /** Newest event time that the model has scored. */
    long newest() {
        return newest;
    }

    /** Returns why the model must be withdrawn; null if it need not. */
    @Nullable
    GateFigure problem() {
        if (notFinite > 0) {
            return new GateFigure(
                    "finite",
                    notFinite,
                    Double.NaN,
                    0,
                    false,
                    String.format(Locale.ROOT, "%,d of %,d scores are not finite numbers", notFinite, rows));
        }
        double reporting = distinctEntities();
        double expected = FACTOR * promised * reporting;
        if (isWide(fromFirstRow, reporting) && tail(fromFirstRow, expected) < CHANCE) {
            return figure(
                    "alarmsFromFirstRow",
                    fromFirstRow,
                    expected,
                    String.format(
                            Locale.ROOT,
                            "%,d of about %,.0f entities alarm from the first row on that this model scores; the budget"
                                    + " promises %.3g",
                            fromFirstRow,
                            reporting,
                            promised * reporting));
        }
        double limit = FACTOR * promised * rows;
        if (!isWide(alarming.size(), reporting)
                || tail(alarms, limit) >= CHANCE
                || !isWide(outsideOfOutbreak(), reporting)) {
            return null;
        }
        return figure(
                "alarms",
                alarms,
                limit,
                String.format(
                        Locale.ROOT,
                        "%,d alarms on %,d of about %,.0f entities in %,d rows within %s, longer than an outbreak; the"
                                + " budget promises %.3g",
                        alarms,
                        alarming.size(),
                        reporting,
                        rows,
                        Duration.ofMillis(newest - from),
                        promised * rows));
    }

    private static GateFigure figure(String name, double value, double limit, String sentence) {
        return new GateFigure(name, value, Double.NaN, limit, false, sentence);
    }

    private static boolean isWide(long count, double reporting) {
        return count >= Math.max(LEAST_ENTITIES, SHARE * reporting);
    }

    /** Number of entities that alarm outside of the quarter of the probation in which most do. */
    private long outsideOfOutbreak() {
        long fewest = Long.MAX_VALUE;
        for (int begin = 0; begin <= PARTS - OUTBREAK_PARTS; begin++) {
            long outbreak = ((1L << OUTBREAK_PARTS) - 1) << begin;
            fewest = Math.min(
                    fewest,
                    alarming.values().stream()
                            .filter(of -> (of.parts & ~outbreak) != 0)
                            .count());
        }
        return fewest;
    }

    /** Linear counting: the share of bits that are not set tells how many entities there are. */
    private double distinctEntities() {
        double free = Math.max(1, BITS - entities.cardinality());
        return BITS * Math.log(BITS / free);
    }

    /** Upper bound of the probability that a Poisson variable of this mean is at least {@code count} (Chernoff). */
    static double tail(long count, double mean) {
        if (count <= mean) {
            return 1;
        }
        return mean == 0 ? 0 : Math.exp(count - mean - count * Math.log(count / mean));
    }

    /** Returns all figures, for the decision. */
    List<GateFigure> figures(GateFigure problem) {
        return List.of(
                problem,
                new GateFigure(
                        "scoredRows",
                        rows,
                        Double.NaN,
                        Double.NaN,
                        true,
                        String.format(Locale.ROOT, "%,d rows were scored", rows)));
    }
}
