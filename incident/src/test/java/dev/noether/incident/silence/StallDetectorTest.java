package dev.noether.incident.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StallDetectorTest {
    private final List<Incident> output = new ArrayList<>();
    private final StallDetector stalls = new StallDetector("fleet", output::add);

    @Test
    void oneIncidentWhenEverySubtaskIsStalled() {
        stalls.accept(0, 3, true, 1_000);
        stalls.accept(2, 3, true, 3_000);
        assertThat(output).isEmpty();
        stalls.accept(1, 3, true, 2_000);
        stalls.accept(1, 3, true, 2_000);
        assertThat(output).singleElement().satisfies(report -> {
            assertThat(report.kind()).isEqualTo(IncidentKind.STALL);
            assertThat(report.start()).isEqualTo(3_000);
            assertThat(report.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(report.description())
                    .isEqualTo("all entities: no observations since 1970-01-01T00:00:03Z;"
                            + " check the source of the observations topic");
        });
        stalls.accept(0, 3, false, 9_000);
        stalls.accept(1, 3, false, 9_500);
        assertThat(output).hasSize(2);
        assertThat(output.get(1).state()).isEqualTo(IncidentState.RESOLVED);
        assertThat(output.get(1).id()).isEqualTo(output.get(0).id());
        assertThat(output.get(1).end()).isEqualTo(9_000);
    }

    @Test
    void aSourceThatNeverBeganIsNotStalled() {
        stalls.accept(0, 2, true, Long.MIN_VALUE);
        stalls.accept(1, 2, true, Long.MIN_VALUE);
        assertThat(output).isEmpty();
    }

    @Test
    void oneSubtaskThatGetsSomethingIsEnough() {
        stalls.accept(0, 2, true, 1);
        stalls.accept(0, 2, false, 2);
        stalls.accept(1, 2, true, 2);
        assertThat(output).isEmpty();
    }
}
