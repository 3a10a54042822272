package dev.noether.incident.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Severity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
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

    @Test
    void aStallThatOutlastsARestartIsResolvedUnderItsId() throws IOException {
        stalls.accept(0, 1, true, 3_000);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        stalls.write(new DataOutputStream(bytes));
        StallDetector restarted = new StallDetector("fleet", output::add);
        restarted.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(restarted.isOpen()).isTrue();
        restarted.accept(0, 1, true, Long.MIN_VALUE);
        assertThat(output).hasSize(1);
        restarted.accept(0, 1, false, 64_000);
        assertThat(restarted.isOpen()).isFalse();
        assertThat(output).hasSize(2);
        assertThat(output.get(1).id()).isEqualTo(output.get(0).id());
        assertThat(output.get(1).description()).isEqualTo("all entities: observations arrive again after 1 min 1 s");
    }

    @Test
    void eachStallHasAnIdOfItsOwn() {
        for (int i = 1; i <= 3; i++) {
            stalls.accept(0, 1, true, i * 10_000);
            stalls.accept(0, 1, false, i * 10_000 + 5_000);
        }
        assertThat(output).hasSize(6);
        assertThat(output.stream().map(Incident::id).distinct()).hasSize(3);
    }

    @Test
    void anOldReportDoesNotMoveTheEndBeforeTheBeginning() {
        stalls.accept(0, 2, true, 9_000);
        stalls.accept(1, 2, true, 1_000);
        stalls.accept(1, 2, false, 2_000);
        assertThat(output.get(1).start()).isEqualTo(9_000);
        assertThat(output.get(1).end()).isEqualTo(9_000);
    }

    @Test
    void aStartThatOnlyAWrongClockReachedIsCorrected() {
        stalls.accept(0, 1, false, 4_070_908_800_000L);
        stalls.accept(0, 1, false, 1_000);
        stalls.accept(0, 1, true, 2_000);
        assertThat(output.get(0).start()).isEqualTo(2_000);
    }

    @Test
    void afterARescaleTheRemainingSubtasksDecide() {
        stalls.accept(0, 3, true, 1_000);
        stalls.accept(1, 3, true, 1_000);
        assertThat(output).isEmpty();
        stalls.accept(0, 2, true, 1_000);
        assertThat(output).hasSize(1);
    }
}
