package dev.noether.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.noether.lab.bench.EntitiesOptions.Backend;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the benchmark does the work that it times; how fast is not a matter for a test. */
@Tag("long")
class EntitiesBenchmarkIT {
    private static final int RECORDS = 3000;

    @TempDir
    private Path directory;

    @Test
    void eachRoundContinuesFromTheStatesOfAllEntities() throws Exception {
        EntitiesOptions options = new EntitiesOptions(List.of(10, 1000), List.of(Backend.values()), RECORDS, 1, 3, 2);
        EntitiesReport report = new EntitiesBenchmark(options, directory, line -> {}).run();

        assertThat(report.cases()).extracting(EntitiesReport.Case::entities).containsExactly(10, 10, 1000, 1000);
        assertThat(report.cases())
                .extracting(EntitiesReport.Case::backend)
                .containsExactly("heap", "rocksdb", "heap", "rocksdb");
        assertThat(report.cases()).allSatisfy(one -> {
            assertThat(one.checkpointBytes()).isGreaterThan(one.entities() * 100L);
            assertThat(one.rounds()).hasSize(1);
            EntitiesReport.Round round = one.rounds().get(0);
            assertThat(round.missing()).isZero();
            assertThat(round.duplicated()).isZero();
            // A restored entity has a full window, so that each of its rows is judged.
            assertThat(round.unscored()).isZero();
        });
    }

    @Test
    void saysWhichOptionIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EntitiesOptions(List.of(10, 0), List.of(Backend.HEAP), 1, 1, 8, 4))
                .withMessage("`--entities` must be in [1, 10000000] (got 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backend.named(List.of("disk")))
                .withMessage("`--backend` must be one or several of heap, rocksdb (got disk)");
    }
}
