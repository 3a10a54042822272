package dev.noether.incident.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StallWatchTest {
    private final List<IncidentReport> said = new ArrayList<>();
    private final StallWatch watch = new StallWatch("fleet", said::add);

    @Test
    void oneIncidentWhenEverySubtaskIsStalled() {
        watch.accept(0, 3, true, 1_000);
        watch.accept(2, 3, true, 3_000);
        assertThat(said).isEmpty();
        watch.accept(1, 3, true, 2_000);
        watch.accept(1, 3, true, 2_000);
        assertThat(said).singleElement().satisfies(report -> {
            assertThat(report.kind()).isEqualTo(IncidentKind.STALL);
            assertThat(report.start()).isEqualTo(3_000);
        });
        watch.accept(0, 3, false, 9_000);
        watch.accept(1, 3, false, 9_500);
        assertThat(said).hasSize(2);
        assertThat(said.get(1).state()).isEqualTo(IncidentState.RESOLVED);
        assertThat(said.get(1).id()).isEqualTo(said.get(0).id());
        assertThat(said.get(1).end()).isEqualTo(9_000);
    }

    @Test
    void aSourceThatNeverBeganIsNotStalled() {
        watch.accept(0, 2, true, Long.MIN_VALUE);
        watch.accept(1, 2, true, Long.MIN_VALUE);
        assertThat(said).isEmpty();
    }

    @Test
    void oneSubtaskThatGetsSomethingIsEnough() {
        watch.accept(0, 2, true, 1);
        watch.accept(0, 2, false, 2);
        watch.accept(1, 2, true, 2);
        assertThat(said).isEmpty();
    }
}
