package dev.noether.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Ledger ledger = new Ledger();

    @Test
    void knowsTheRowOfEachOffset() {
        for (int row = 0; row < 10_000; row++) {
            ledger.put(row % 2, 500 + row / 2, row, row);
        }

        for (int row = 0; row < 10_000; row++) {
            assertThat(ledger.row(row % 2, 500 + row / 2)).isEqualTo(row);
            assertThat(ledger.age(row % 2, 500 + row / 2, 20_000)).isEqualTo(20_000 - row);
        }
    }

    @Test
    void knowsNothingOfWhatItWasNotTold() {
        ledger.put(1, 10, 0, 5);
        ledger.put(1, 12, 1, 5);

        assertThat(ledger.row(1, 9)).isEqualTo(-1);
        assertThat(ledger.row(1, 11)).isEqualTo(-1);
        assertThat(ledger.row(1, 13)).isEqualTo(-1);
        assertThat(ledger.row(0, 10)).isEqualTo(-1);
        assertThat(ledger.row(7, 10)).isEqualTo(-1);
        assertThat(ledger.age(1, 11, 100)).isEqualTo(-1);
    }
}
