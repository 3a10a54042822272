package dev.noether.console.api;

import static dev.noether.console.TestingRecords.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.console.TestingRecords;
import dev.noether.schemas.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SeriesRowsTest {
    private static final int MOST = 1_000;

    @Test
    void ofManyRowsThoseOfMostWorthStayOverTheWholeRange() {
        SeriesRows rows = new SeriesRows(MOST);
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            Verdict verdict = i % 20_000 == 7 ? Verdict.ANOMALOUS : Verdict.NORMAL;
            rows.add(TestingRecords.score("web", START + i * 60_000L, i, verdict));
            assertThat(rows.size()).isLessThanOrEqualTo(MOST);
        }
        for (int i = 0; i < count; i++) {
            rows.add(START + i * 60_000L + 1, List.of("cpu"), new double[] {i});
        }
        List<SeriesRows.Row> kept = rows.list();
        assertThat(kept).hasSizeBetween(MOST / 4, MOST);
        assertThat(kept.stream().filter(row -> row.verdict == 'A').map(row -> (row.time - START) / 60_000L))
                .containsExactly(7L, 20_007L, 40_007L, 60_007L, 80_007L);
        for (int i = 1; i < kept.size(); i++) {
            assertThat(kept.get(i).time - kept.get(i - 1).time)
                    .as("no part of the range is empty")
                    .isLessThan(count * 60_000L / (MOST / 8));
        }
        assertThat(kept.get(kept.size() - 1).time).isGreaterThan(START + (count - 10) * 60_000L);
    }

    @Test
    void fewRowsAllStayAndAreCompletedByTheirObservations() {
        SeriesRows rows = new SeriesRows(MOST);
        for (int i = 0; i < MOST; i++) {
            rows.add(TestingRecords.score("web", START + i, i, Verdict.NORMAL));
            rows.add(START + i, List.of("cpu"), new double[] {i});
        }
        assertThat(rows.list()).hasSize(MOST).allMatch(row -> row.features.containsKey("cpu"));
    }
}
