package dev.noether.incident.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadableQuantityTest {
    @Test
    void numbersHaveFourDigitsAndDurationsTwoUnits() {
        assertThat(ReadableQuantity.number(99.5)).isEqualTo("99.5");
        assertThat(ReadableQuantity.number(0)).isEqualTo("0");
        assertThat(ReadableQuantity.number(1234567)).isEqualTo("1235000");
        assertThat(ReadableQuantity.number(1e-9)).isEqualTo("1E-9");
        assertThat(ReadableQuantity.number(-0.00012345)).isEqualTo("-0.0001234");
        assertThat(ReadableQuantity.duration(250)).isEqualTo("250 ms");
        assertThat(ReadableQuantity.duration(93_600_000)).isEqualTo("1 d 2 h");
        assertThat(ReadableQuantity.duration(300_001)).isEqualTo("5 min");
    }

    @Test
    void wholeDaysAreNamed() {
        assertThat(ReadableQuantity.period(86_400_000)).isEqualTo("24 hours");
        assertThat(ReadableQuantity.period(30 * 86_400_000L)).isEqualTo("30 days");
        assertThat(ReadableQuantity.period(3_600_000)).isEqualTo("1 h");
        assertThat(ReadableQuantity.period(129_600_000)).isEqualTo("1 d 12 h");
    }
}
