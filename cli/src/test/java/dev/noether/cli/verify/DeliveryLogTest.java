package dev.noether.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveryLogTest {
    private final DeliveryLog deliveries = new DeliveryLog();

    @Test
    void returnsTheRowAndTheAgeOfEachOffset() {
        for (int row = 0; row < 10_000; row++) {
            deliveries.add(row % 2, 500 + row / 2, row, row);
        }

        for (int row = 0; row < 10_000; row++) {
            assertThat(deliveries.row(row % 2, 500 + row / 2)).isEqualTo(row);
            assertThat(deliveries.age(row % 2, 500 + row / 2, 20_000)).isEqualTo(20_000 - row);
        }
    }

    @Test
    void returnsMinusOneForOtherOffsets() {
        deliveries.add(1, 10, 0, 5);
        deliveries.add(1, 12, 1, 5);

        assertThat(deliveries.row(1, 9)).isEqualTo(-1);
        assertThat(deliveries.row(1, 11)).isEqualTo(-1);
        assertThat(deliveries.row(1, 13)).isEqualTo(-1);
        assertThat(deliveries.row(0, 10)).isEqualTo(-1);
        assertThat(deliveries.row(7, 10)).isEqualTo(-1);
        assertThat(deliveries.age(1, 11, 100)).isEqualTo(-1);
    }
}
