package dev.noether.model.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AlarmBudgetTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest
    @CsvSource({
        "1 per entity per P30D, 1 per entity per P30D",
        "12 per P1D, 12 per P1D",
        "' 3  per entity  per PT12H ', 3 per entity per PT12H",
        "2 per entity per PT48H, 2 per entity per P2D",
        "1 per PT0.5S, 1 per PT0.5S",
    })
    void readsWhatItWrites(String text, String canonical) {
        AlarmBudget budget = AlarmBudget.parse(text);
        assertThat(budget).hasToString(canonical);
        assertThat(AlarmBudget.parse(canonical)).isEqualTo(budget);
    }

    @Test
    void theDefaultIsOneAlarmForEachEntityInThirtyDays() {
        assertThat(AlarmBudget.parse("1 per entity per P30D")).isEqualTo(AlarmBudget.DEFAULT);
        assertThat(AlarmBudget.DEFAULT.ratePerWindow(MINUTE, 1000)).isCloseTo(1 / 43_200.0, within(1e-15));
    }

    @Test
    void aSharedBudgetIsDividedByTheEntities() {
        AlarmBudget shared = AlarmBudget.parse("10 per P1D");
        assertThat(shared.ratePerWindow(MINUTE, 1)).isCloseTo(10 / 1440.0, within(1e-15));
        assertThat(shared.ratePerWindow(MINUTE, 100)).isCloseTo(10 / 144_000.0, within(1e-15));
        assertThat(AlarmBudget.parse("10 per entity per P1D").ratePerWindow(Duration.ofMillis(500), 100))
                .isCloseTo(10 / 172_800.0, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "one per P1D", "1 per entity", "1.5 per P1D", "-1 per P1D", "1 per entity P1D", "1 in P1D"})
    void anotherFormIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlarmBudget.parse(text))
                .withMessage("`text` must be " + AlarmBudget.FORM + " (got " + text + ")");
    }

    @Test
    void rejectsBudgetsWithoutAlarmsOrTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlarmBudget.parse("1 per entity per P1M"))
                .withMessage("`period` must be an ISO-8601 duration of days or less, such as P30D or PT12H (got P1M)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlarmBudget.parse("0 per P1D"))
                .withMessage("`count` must be at least 1 (got 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlarmBudget.parse("1 per PT0S"))
                .withMessage("`period` must be above zero (got PT0S)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlarmBudget.DEFAULT.ratePerWindow(Duration.ZERO, 1))
                .withMessage("`interval` must be above zero (got PT0S)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlarmBudget.DEFAULT.ratePerWindow(MINUTE, 0))
                .withMessage("`entities` must be at least 1 (got 0)");
    }
}
