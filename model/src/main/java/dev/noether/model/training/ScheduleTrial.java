package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.scoring.Judgement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whether the schedule of an entity is worth using. A model without schedules judges the history, each row by a
 * model that was fitted to other rows. What recurs is only taken off if it is what such a model alarms about: if most of
 * the highest alarm scores of the entity are at the times of its jobs, and jobs take little of the time. Other
 * deviations that recur are part of the signal that the network knows; to take them off one by one would disturb how
 * the features depend on each other.
 *
 * <p>Not thread safe; belongs to the thread of its engine.
 */
final class ScheduleTrial {
    /** Share of the rows of an entity that count as its highest. */
    private static final double HIGHEST = 0.001;

    private static final int FEWEST_HIGHEST = 10;

    /** Share of the highest that must be at the times of jobs. */
    private static final double LEAST_SHARE = 0.5;

    /** This many times the share of rows that are at those times. */
    private static final double LEAST_LIFT = 3;

    private final Engine engine;
    private final HistorySplit split;
    private final List<EntityHistory> histories;

    ScheduleTrial(Engine engine, HistorySplit split, List<EntityHistory> histories) {
        this.engine = engine;
        this.split = split;
        this.histories = histories;
    }

    /**
     * Returns the entities whose schedules are worth using.
     *
     * @param plain model without schedules, with its folds
     * @param amounts for each history what its schedule takes off, row-major; empty without a schedule
     */
    Set<String> worthUsing(FoldedModel plain, List<float[]> amounts) {
        BaselineFit baselines = new ModelCalibrator(engine, histories, split).baselines(plain.model(), plain.folds());
        ModelArtifact starts = plain.model().withBaselines(baselines.ofAll(), baselines.byEntity());
        HistoryReplay replay = new HistoryReplay(engine, plain.folds(), histories);
        List<float[]> scores = replay.judgeEach(starts, 0, Judgement::alarmScore);
        List<int[]> rows = replay.rowsOf(0);
        Set<String> kept = new HashSet<>();
        int features = plain.model().features().size();
        for (int e = 0; e < histories.size(); e++) {
            if (amounts.get(e).length > 0 && isWorthUsing(scores.get(e), rows.get(e), amounts.get(e), features)) {
                kept.add(histories.get(e).entity());
            }
        }
        return kept;
    }

    /** Whether the highest scores are at the times of jobs. */
    static boolean isWorthUsing(float[] scores, int[] rows, float[] amounts, int features) {
        float[] sorted = scores.clone();
        Arrays.sort(sorted);
        int highest = Math.max(FEWEST_HIGHEST, (int) Math.ceil(HIGHEST * sorted.length));
        if (highest >= sorted.length) {
            return false;
        }
        float limit = sorted[sorted.length - highest];
        int inJobs = 0;
        int high = 0;
        int highInJobs = 0;
        for (int i = 0; i < scores.length; i++) {
            boolean isInJob = isCorrected(amounts, rows[i], features);
            inJobs += isInJob ? 1 : 0;
            if (scores[i] >= limit) {
                high++;
                highInJobs += isInJob || (rows[i] > 0 && isCorrected(amounts, rows[i] - 1, features)) ? 1 : 0;
            }
        }
        double share = (double) highInJobs / high;
        return share >= LEAST_SHARE && share >= LEAST_LIFT * inJobs / scores.length;
    }

    private static boolean isCorrected(float[] amounts, int row, int features) {
        for (int j = row * features; j < (row + 1) * features; j++) {
            if (amounts[j] != 0) {
                return true;
            }
        }
        return false;
    }
}
