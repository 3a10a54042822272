package dev.noether.flink.renewal;

import dev.noether.schemas.GateFigure;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The alarms of one model since it took effect, and whether they are far above its budget. Needs memory for the
 * entities that alarm, at most {@value #MOST_ENTITIES}, and 128 KiB. Not thread safe.
 *
 * <p>The rows of an incident alarm together, so alarms are counted, not rows: an alarm of an entity begins if its last
 * anomalous row is {@value #GAP_MILLIS} ms back, and an entity counts at most {@value #MOST_OF_ONE} times, so that no
 * single problem looks like a wrong model. If each row began an alarm with {@value #FACTOR} times the promised
 * probability, the number of alarms would have at most a Poisson distribution. The model is withdrawn if so many alarms
 * have a probability below {@value #CHANCE}, and if at least {@value #SHARE} of the entities alarm.
 */
final class ProbationRecord {
    private static final double FACTOR = 10;
    private static final double CHANCE = 1e-6;
    private static final double SHARE = 0.2;
    private static final int LEAST_ENTITIES = 3;
    private static final int MOST_OF_ONE = 3;
    private static final int MOST_ENTITIES = 10_000;
    private static final long GAP_MILLIS = 600_000;
    /** Number of bits by which distinct entities are counted. */
    private static final int BITS = 1 << 20;

    private static final int MIX = 0x9E3779B9;

    private final double promised;
    private final long from;
    private final BitSet entities = new BitSet(BITS);
    private final Map<String, Alarms> alarming = new HashMap<>();
    private long rows;
    private long newest;
    private long alarms;
    private long notFinite;

    /** The alarms of one entity. */
    private static final class Alarms {
        private long newest;
        private int count;
    }

    /**
     * Makes a record without scores.
     *
     * @param promised promised share of anomalous rows
     * @param from event time from which the model scores, milliseconds since 1970 UTC
     */
    ProbationRecord(double promised, long from) {
        this.promised = promised;
        this.from = from;
        this.newest = from;
    }

    /** Adds a score of the model. Scores of an entity come in the order of their times. */
    void add(Score score) {
        if (score.verdict() == Verdict.UNSCORED) {
            return;
        }
        rows++;
        newest = Math.max(newest, score.eventTime());
        int hash = score.entity().hashCode() * MIX;
        entities.set(hash >>> Integer.SIZE - Integer.numberOfTrailingZeros(BITS));
        if (!Double.isFinite(score.score())) {
            notFinite++;
        }
        if (score.verdict() == Verdict.ANOMALOUS && score.suppressed() == null) {
            addAlarm(score);
        }
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
        double limit = FACTOR * promised * rows;
        boolean isWide = alarming.size() >= Math.max(LEAST_ENTITIES, SHARE * reporting);
        if (!isWide || tail(alarms, limit) >= CHANCE) {
            return null;
        }
        return new GateFigure(
                "alarms",
                alarms,
                Double.NaN,
                limit,
                false,
                String.format(
                        Locale.ROOT,
                        "%,d alarms on %,d of about %,.0f entities in %,d rows within %s; the budget promises %.3g",
                        alarms,
                        alarming.size(),
                        reporting,
                        rows,
                        Duration.ofMillis(newest - from),
                        promised * rows));
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
