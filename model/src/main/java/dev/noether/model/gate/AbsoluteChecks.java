package dev.noether.model.gate;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.gate.PlannedBreak.Kind;
import dev.noether.model.numeric.IncompleteBeta;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The checks of a model that need no other model. */
final class AbsoluteChecks {
    /** Confidence of every test of the gate. */
    static final double CONFIDENCE = 0.99;

    /** Confidence that the challenger raises alarms where the champion does not: a sign test of few episodes. */
    static final double SIGN_CONFIDENCE = 0.95;

    /**
     * Alarms may come this many times as often as promised. The threshold of an entity corrects its rate within this
     * factor ({@link dev.noether.model.alarm.AlarmThreshold}); more cannot adapt away.
     */
    static final double RATE_FACTOR = 4;

    /** Products with larger weights have rounding errors above the smallest residual that is judged. */
    private static final double LARGEST_WEIGHT = 1e5;

    /** The least rank correlation of the scores of two seeds. */
    static final double LEAST_STABILITY = 0.5;

    private static final double LEAST_GROSS_SHARE = 0.5;

    /**
     * A model that alarms on a larger share of the rows alarms all the time. Its alarms do not end, so they are few
     * episodes: one for each entity.
     */
    private static final double MOST_ALARM_SHARE = 0.5;

    private AbsoluteChecks() {}

    static Figure features(ModelArtifact model, GateEvidence evidence) {
        boolean isSame = model.features().equals(evidence.features());
        boolean fits = model.contextRows() <= evidence.contextRows();
        String sentence = !isSame
                ? "the model judges the features " + model.features().names() + ", the detector has "
                        + evidence.features().names()
                : "the model judges the detector's features, and reads " + model.contextRows() + " of at most "
                        + evidence.contextRows() + " rows";
        return new Figure(
                "features",
                model.features().size(),
                Double.NaN,
                evidence.features().size(),
                isSame && fits,
                sentence);
    }

    static Figure weights(ModelArtifact model) {
        double largest = largest(model.network().parameters());
        @Nullable Forecast forecast = model.forecast();
        if (forecast != null) {
            largest = Math.max(largest, Math.max(largest(forecast.weights()), largest(forecast.biases())));
        }
        boolean isPassed = largest <= LARGEST_WEIGHT;
        return new Figure(
                "weights",
                largest,
                Double.NaN,
                LARGEST_WEIGHT,
                isPassed,
                "the largest weight is " + Wording.number(largest) + ", at most " + Wording.number(LARGEST_WEIGHT)
                        + " is allowed");
    }

    /** A figure of an artifact that cannot be read back. */
    static Figure unreadable(String problem) {
        return new Figure(
                "weights",
                Double.NaN,
                Double.NaN,
                LARGEST_WEIGHT,
                false,
                "the stored model cannot be read: " + problem);
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            // A NaN must not pass.
            largest = Math.abs(value) <= largest ? largest : Math.abs(value);
        }
        return largest;
    }

    static Figure finiteScores(ReplayResult result) {
        int all = result.alarmScores().length;
        int finite = result.finite();
        return new Figure(
                "finiteScores",
                (double) finite / all,
                Double.NaN,
                1,
                finite == all,
                Wording.count(all - (long) finite) + " of " + Wording.count(all)
                        + " rows have a score that is no finite number");
    }

    /**
     * The alarm rate against the budget. A rate above it is not the challenger's fault if the champion raises the same
     * alarms: then the rows are unusual.
     *
     * <p>Alarms on more than half of the rows are too many, however few episodes they are. A trial model without a
     * champion is excused: it has not seen the rows, and their behaviour may be new for good.
     *
     * @param champion result of the champion on the same rows; null if there is none
     * @param rate alarms promised per row
     * @param isFinal whether the model is the one that would be released
     */
    static Figure alarmRate(
            HeldOutRows rows, ReplayResult result, @Nullable ReplayResult champion, double rate, boolean isFinal) {
        boolean[] none = new boolean[rows.count()];
        AlarmEpisodes own = AlarmEpisodes.of(rows, result.alarms(), champion == null ? none : champion.alarms());
        double limit = RATE_FACTOR * rate;
        boolean isPassed = own.leastRate(rows.count(), CONFIDENCE) <= limit;
        double championRate = Double.NaN;
        String beside = "";
        if (champion != null) {
            AlarmEpisodes others = AlarmEpisodes.of(rows, champion.alarms(), result.alarms());
            championRate = (double) others.count() / rows.count();
            isPassed |= !own.isMoreOftenAlone(others, SIGN_CONFIDENCE);
            beside = "; the champion " + others.count() + " times, and " + own.alone()
                    + " times the challenger alarms alone";
        }
        int lasting = rowsAlone(result.alarms(), champion == null ? none : champion.alarms());
        if ((isFinal || champion != null) && lasting > MOST_ALARM_SHARE * rows.count()) {
            isPassed = false;
            beside += "; its alarms do not end: it alarms on " + Wording.count(lasting) + " rows"
                    + (champion == null ? "" : " on which the champion does not");
        }
        return new Figure(
                "alarmRate",
                (double) own.count() / rows.count(),
                championRate,
                limit,
                isPassed,
                "alarms " + own.count() + " times in " + Wording.count(rows.count()) + " rows, the budget expects "
                        + Wording.number(rate * rows.count()) + " and tolerates " + Wording.number(limit * rows.count())
                        + beside);
    }

    private static int rowsAlone(boolean[] alarms, boolean[] others) {
        int count = 0;
        for (int i = 0; i < alarms.length; i++) {
            count += alarms[i] && !others[i] ? 1 : 0;
        }
        return count;
    }

    /** The share of gross breaks that raise an alarm; null if no feature varies. */
    static @Nullable Figure grossBreaks(ReplayResult result, @Nullable ReplayResult champion) {
        BreakResults breaks = result.of(Kind.GROSS);
        int all = breaks.count();
        if (all == 0) {
            return null;
        }
        int found = breaks.found();
        double most = found == all ? 1 : 1 - IncompleteBeta.quantile(1 - CONFIDENCE, all - (double) found, found + 1.0);
        return new Figure(
                "grossBreaks",
                (double) found / all,
                champion == null ? Double.NaN : (double) champion.of(Kind.GROSS).found() / all,
                LEAST_GROSS_SHARE,
                most >= LEAST_GROSS_SHARE,
                "alarms on " + found + " of " + all + " rows whose values lie far outside of their range; a model that"
                        + " misses more than half is deaf");
    }

    /**
     * Two seeds of one training must order alike the rows that both were trained on. If a model has a shape view, these
     * rows are its prototypes and have no error, so the broken rows are compared instead.
     *
     * @param hasShape whether one of the models has a shape view
     */
    static Figure stability(ReplayResult trial, ReplayResult last, boolean hasShape) {
        float[] ofTrial = hasShape ? trial.brokenScores() : trial.alarmScores();
        float[] ofLast = hasShape ? last.brokenScores() : last.alarmScores();
        double correlation = RankCorrelation.of(ofTrial, ofLast);
        boolean isPassed = correlation >= LEAST_STABILITY || Arrays.equals(ofTrial, ofLast);
        return new Figure(
                "stability",
                correlation,
                Double.NaN,
                LEAST_STABILITY,
                isPassed,
                "the rank correlation of the scores of the trial model and of the final one, of another seed, is "
                        + Wording.number(correlation) + ", at least " + Wording.number(LEAST_STABILITY)
                        + " is needed");
    }
}
