package dev.noether.lab.evaluate.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.alarm.AlarmBudget;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetSuggestionTest {
    private static final long ROWS = 100_000;
    private static final AlarmBudget DEFAULT = AlarmBudget.DEFAULT;

    @Test
    void theLargestBudgetWhoseIncidentsAreNoChanceIsSuggested() {
        BudgetSuggestion suggestion = BudgetSuggestion.of(
                List.of(
                        trial("PT2H", 1e-2, 900),
                        trial("P1D", 1e-3, 190),
                        trial("P7D", 1e-4, 40),
                        trial("P35D", 2e-5, 5)),
                trial("P30D", 2.3e-5, 5));
        assertThat(suggestion.budget()).hasToString("1 per entity per P7D");
        assertThat(suggestion.reason())
                .isEqualTo("It would have told 40 incidents and allows 10 by chance. A larger budget adds no more than"
                        + " chance would. The present one, `1 per entity per P30D`, would have told 5 incidents and"
                        + " allows 2.3 by chance.");
    }

    @Test
    void oneMoreIncidentIsNoReason() {
        BudgetSuggestion suggestion = BudgetSuggestion.of(
                List.of(trial("PT2H", 1e-2, 800), trial("P14D", 2.3e-5, 3), trial("P35D", 2e-5, 2)),
                trial("P30D", 2.2e-5, 2));
        assertThat(suggestion.budget()).isEqualTo(DEFAULT);
        assertThat(suggestion.reason())
                .startsWith("The present budget would have told 2 incidents and allows 2.2 by chance. A larger one adds"
                        + " no more than chance would.");
    }

    @Test
    void aBudgetThatAddsOnlyChanceIsMadeSmaller() {
        BudgetSuggestion suggestion = BudgetSuggestion.of(
                List.of(trial("PT2H", 1e-2, 870), trial("P35D", 2e-5, 3)), trial("PT3H", 5e-3, 480));
        assertThat(suggestion.budget()).hasToString("1 per entity per P35D");
        assertThat(suggestion.reason()).contains("allows 500 by chance. What it adds can be chance.");
    }

    @Test
    void anExtrapolatedThresholdIsSaid() {
        BudgetTrial own = new BudgetTrial(DEFAULT, 2e-5, 100, 0, 0, false);
        assertThat(BudgetSuggestion.of(List.of(own), own).reason()).contains("which is extrapolated");
    }

    private static BudgetTrial trial(String period, double rate, long incidents) {
        AlarmBudget budget = AlarmBudget.parse("1 per entity per " + period);
        return new BudgetTrial(budget, rate, ROWS, incidents, incidents, true);
    }
}
