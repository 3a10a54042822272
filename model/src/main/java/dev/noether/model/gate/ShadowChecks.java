package dev.noether.model.gate;

import dev.noether.model.numeric.IncompleteBeta;
import java.util.List;

/**
 * The checks of a challenger after its shadow, with the limits of the gate: its alarms against the budget and the
 * champion's, and whether it orders rows as the champion does. Stateless; thread safe.
 */
public final class ShadowChecks {
    /** A smaller share of the rows says nothing of the others. */
    private static final double LEAST_JUDGED = 0.9;

    private static final long LEAST_ROWS = 1_000;
    /** With so many alarms promised, a model with twenty times as many raises five or more: then it fails. */
    private static final double LEAST_PROMISED = 0.25;

    /** The 99 % quantile of the normal distribution: Fisher's transformation of a correlation is nearly normal. */
    private static final double NORMAL_QUANTILE = 2.3263;

    private ShadowChecks() {}

    /**
     * The ratio of two alarm rates.
     *
     * @param low lower end of the 98 % interval; NaN without alarms
     * @param high upper end; infinite if the champion may raise none
     */
    public record RatioInterval(double low, double high) {}

    /**
     * Returns the number of rows without which nothing is decided: enough that twenty times the alarms would show.
     *
     * @param promised alarms promised per row, above 0
     */
    public static long rowsNeeded(double promised) {
        return Math.max(LEAST_ROWS, (long) Math.ceil(LEAST_PROMISED / promised));
    }

    /**
     * Returns the interval of the ratio of the challenger's alarms to the champion's. The alarms are paired: what both
     * raise is certain, and of the others each is the challenger's with a probability that the interval of Clopper and
     * Pearson (1934) bounds.
     */
    public static RatioInterval ratio(long shared, long challengerOnly, long championOnly) {
        long alone = challengerOnly + championOnly;
        if (shared + alone == 0) {
            return new RatioInterval(Double.NaN, Double.NaN);
        }
        double least = alone == 0 ? 0 : alone * lower(challengerOnly, alone);
        double most = alone == 0 ? 0 : alone * upper(challengerOnly, alone);
        return new RatioInterval(
                (shared + least) / (shared + alone - least), (shared + most) / (shared + alone - most));
    }

    /** Returns all figures, in the order of the checks. */
    public static List<Figure> figures(ShadowEvidence evidence) {
        return List.of(rows(evidence), judged(evidence), finite(evidence), alarmRate(evidence), correlation(evidence));
    }

    private static Figure rows(ShadowEvidence evidence) {
        long needed = rowsNeeded(evidence.promised());
        return new Figure(
                "comparedRows",
                evidence.rows(),
                Double.NaN,
                needed,
                evidence.rows() >= needed,
                Wording.count(evidence.rows()) + " rows were compared, " + Wording.count(needed) + " are needed");
    }

    private static Figure judged(ShadowEvidence evidence) {
        long all = evidence.rows() + evidence.unjudged();
        double share = all == 0 ? 0 : (double) evidence.rows() / all;
        return new Figure(
                "judgedRows",
                share,
                Double.NaN,
                LEAST_JUDGED,
                share >= LEAST_JUDGED,
                "judged " + Wording.percent(share) + " of " + Wording.count(all) + " rows that the champion judged, at"
                        + " least " + Wording.percent(LEAST_JUDGED) + " are needed");
    }

    private static Figure finite(ShadowEvidence evidence) {
        return new Figure(
                "finiteScores",
                evidence.rows() - (double) evidence.notFinite(),
                Double.NaN,
                evidence.rows(),
                evidence.notFinite() == 0,
                Wording.count(evidence.notFinite()) + " of " + Wording.count(evidence.rows())
                        + " rows have a score that is no finite number");
    }

    /** As in the gate: too many alarms are not the challenger's fault if the champion raises the same. */
    private static Figure alarmRate(ShadowEvidence evidence) {
        double limit = AbsoluteChecks.RATE_FACTOR * evidence.promised();
        AlarmEpisodes own = episodes(evidence.challenger(), evidence.challengerOnly());
        AlarmEpisodes other = episodes(evidence.champion(), evidence.championOnly());
        boolean isPassed = leastRate(evidence.challenger(), evidence.rows()) <= limit
                || !own.isMoreOftenAlone(other, AbsoluteChecks.SIGN_CONFIDENCE);
        RatioInterval ratio = ratio(evidence.shared(), evidence.challengerOnly(), evidence.championOnly());
        return new Figure(
                "alarmRate",
                (double) evidence.challenger() / evidence.rows(),
                (double) evidence.champion() / evidence.rows(),
                limit,
                isPassed,
                "alarms " + Wording.count(evidence.challenger()) + " times in " + Wording.count(evidence.rows())
                        + " rows, the budget expects " + Wording.number(evidence.promised() * evidence.rows())
                        + " and tolerates " + Wording.number(limit * evidence.rows()) + "; the champion "
                        + Wording.count(evidence.champion()) + " times, " + Wording.count(evidence.shared())
                        + " of them together" + words(ratio));
    }

    private static String words(RatioInterval ratio) {
        return Double.isNaN(ratio.low())
                ? ""
                : "; the ratio is between " + Wording.number(ratio.low()) + " and " + Wording.number(ratio.high());
    }

    private static AlarmEpisodes episodes(long count, long alone) {
        return new AlarmEpisodes((int) Math.min(Integer.MAX_VALUE, count), (int) Math.min(Integer.MAX_VALUE, alone));
    }

    /**
     * A champion whose own alarms are too many is no standard: after a change of what is normal it finds everything
     * strange.
     */
    private static Figure correlation(ShadowEvidence evidence) {
        double most = evidence.ranked() < 4
                ? evidence.correlation()
                : Math.tanh(atanh(evidence.correlation()) + NORMAL_QUANTILE / Math.sqrt(evidence.ranked() - 3.0));
        boolean isExcused =
                leastRate(evidence.champion(), evidence.rows()) > AbsoluteChecks.RATE_FACTOR * evidence.promised();
        boolean isLike = most >= AbsoluteChecks.LEAST_STABILITY;
        return new Figure(
                "rankCorrelation",
                evidence.correlation(),
                Double.NaN,
                AbsoluteChecks.LEAST_STABILITY,
                isLike || isExcused,
                "the rank correlation of the p-values of both models is " + Wording.number(evidence.correlation())
                        + " on " + Wording.count(evidence.ranked()) + " rows, at least "
                        + Wording.number(AbsoluteChecks.LEAST_STABILITY) + " is needed"
                        + (!isLike && isExcused ? "; accepted, because the champion alarms too often" : ""));
    }

    private static double atanh(double value) {
        return 0.5 * Math.log((1 + value) / (1 - value));
    }

    private static double leastRate(long count, long rows) {
        return rows == 0 ? 0 : lower(count, rows);
    }

    private static double lower(long count, long of) {
        return count == 0 ? 0 : IncompleteBeta.quantile(1 - AbsoluteChecks.CONFIDENCE, count, (double) of - count + 1);
    }

    private static double upper(long count, long of) {
        return count == of ? 1 : IncompleteBeta.quantile(AbsoluteChecks.CONFIDENCE, count + 1.0, (double) of - count);
    }
}
