package dev.noether.model.gate;

import dev.noether.model.gate.PlannedBreak.Kind;
import java.util.Arrays;

/**
 * What a model said of the held-out rows.
 *
 * @param alarmScores alarm score of each row
 * @param alarms whether each row raised an alarm
 * @param errors logarithm of the squared error of each row, in the variances of its entity
 * @param breaks results of the breaks, by kind
 * @param incidents smallest p-value within each confirmed incident
 */
record ReplayResult(float[] alarmScores, boolean[] alarms, float[] errors, BreakResults[] breaks, double[] incidents) {
    ReplayResult(int rows, BreakPlan plan, int incidents) {
        this(new float[rows], new boolean[rows], new float[rows], breaks(plan), new double[incidents]);
    }

    private static BreakResults[] breaks(BreakPlan plan) {
        BreakResults[] results = new BreakResults[Kind.values().length];
        for (Kind kind : Kind.values()) {
            results[kind.ordinal()] = new BreakResults(plan.count(kind));
        }
        return results;
    }

    BreakResults of(Kind kind) {
        return breaks[kind.ordinal()];
    }

    /** The alarm scores of mixed and reversed breaks. */
    float[] brokenScores() {
        float[] mixed = of(Kind.MIXED).broken();
        float[] reversed = of(Kind.REVERSED).broken();
        float[] all = Arrays.copyOf(mixed, mixed.length + reversed.length);
        System.arraycopy(reversed, 0, all, mixed.length, reversed.length);
        return all;
    }

    /** The number of rows whose alarm score is a finite number. */
    int finite() {
        int finite = 0;
        for (float score : alarmScores) {
            finite += Float.isFinite(score) ? 1 : 0;
        }
        return finite;
    }
}
