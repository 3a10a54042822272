package dev.noether.lab.evaluate.measure;

import dev.noether.model.alarm.AlarmBudget;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A budget for a detector, from a backtest without labels: the largest one whose additional incidents, compared with the
 * smallest budget, cannot be explained by the false alarms that it allows. A larger one would tell more by chance than by
 * cause; a smaller one would leave out weaker incidents that are real.
 *
 * @param budget the suggested budget
 * @param reason why, in sentences
 */
public record BudgetSuggestion(AlarmBudget budget, String reason) {
    /** Probability that chance alone makes as many incidents, below which chance is no explanation. */
    private static final double CHANCE = 0.05;

    /** Budgets that differ by less than this factor count as the same. */
    private static final double SAME = 2;

    /**
     * Suggests a budget.
     *
     * @param trials budgets, the largest first, at least one
     * @param own the detector's own budget
     */
    public static BudgetSuggestion of(List<BudgetTrial> trials, BudgetTrial own) {
        BudgetTrial smallest = trials.get(trials.size() - 1);
        Optional<BudgetTrial> best =
                trials.stream().filter(trial -> isWorthMore(trial, smallest)).findFirst();
        if (best.isPresent() && !isSame(best.get(), own)) {
            return new BudgetSuggestion(
                    best.get().budget(),
                    counts("It", best.get()) + " A larger budget adds no more than chance would. "
                            + counts("The present one, `" + own.budget() + "`,", own) + measured(best.get()));
        }
        if (best.isEmpty() && own.rate() > SAME * smallest.rate()) {
            return new BudgetSuggestion(
                    smallest.budget(),
                    counts("It", smallest) + " "
                            + counts("The present budget, `" + own.budget() + "`,", own)
                            + " What it adds can be chance." + measured(smallest));
        }
        return new BudgetSuggestion(
                own.budget(),
                counts("The present budget", own) + " A larger one adds no more than chance would." + measured(own));
    }

    private static boolean isSame(BudgetTrial one, BudgetTrial other) {
        return Math.max(one.rate(), other.rate()) < SAME * Math.min(one.rate(), other.rate());
    }

    /** Whether the incidents that a budget adds are at least twice as many as it allows, and are no chance. */
    private static boolean isWorthMore(BudgetTrial trial, BudgetTrial smallest) {
        long added = trial.incidents() - smallest.incidents();
        double allowed = trial.allowed() - smallest.allowed();
        return added > 0 && added >= 2 * allowed && poissonTail(allowed, added) < CHANCE;
    }

    /** The probability of at least so many independent events. */
    private static double poissonTail(double mean, long count) {
        double term = Math.exp(-mean);
        double below = 0;
        for (long k = 0; k < count; k++) {
            below += term;
            term *= mean / (k + 1);
        }
        return Math.max(0, 1 - below);
    }

    private static String counts(String subject, BudgetTrial trial) {
        return subject + " would have told " + count(trial.incidents(), "incident") + " and allows "
                + String.format(Locale.ROOT, trial.allowed() < 10 ? "%.1f" : "%,.0f", trial.allowed())
                + " by chance.";
    }

    private static String measured(BudgetTrial trial) {
        return trial.isMeasured()
                ? ""
                : " The history is too short to measure the threshold, which is extrapolated: the real rate can differ.";
    }

    private static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
