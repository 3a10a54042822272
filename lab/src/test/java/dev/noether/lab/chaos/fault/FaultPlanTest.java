package dev.noether.lab.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    private static final List<FaultKind> ALL = List.of(FaultKind.values());

    @Test
    void theSameSeedDrawsTheSameFaults() {
        assertThat(FaultPlan.draw(40, ALL, 7)).isEqualTo(FaultPlan.draw(40, ALL, 7));
        assertThat(FaultPlan.draw(40, ALL, 7)).isNotEqualTo(FaultPlan.draw(40, ALL, 8));
    }

    @Test
    void eachKindComesOnceBeforeOneComesAgain() {
        for (long seed = 0; seed < 20; seed++) {
            List<FaultKind> first = FaultPlan.draw(2 * ALL.size(), ALL, seed).stream()
                    .map(PlannedFault::kind)
                    .limit(ALL.size())
                    .toList();
            assertThat(new HashSet<>(first)).hasSize(ALL.size());
        }
    }

    @Test
    void someFaultsOverlapAndNoneWithOneThatNeedsRunningServices() {
        List<PlannedFault> plan = FaultPlan.draw(500, ALL, 1);
        assertThat(plan).filteredOn(PlannedFault::overlaps).hasSizeBetween(30, 150);
        for (int i = 0; i + 1 < plan.size(); i++) {
            if (plan.get(i).overlaps()) {
                assertThat(plan.get(i).kind().mayOverlap()).isTrue();
                assertThat(plan.get(i + 1).kind().mayOverlap()).isTrue();
            }
        }
        assertThat(plan.get(plan.size() - 1).overlaps()).isFalse();
    }

    @Test
    void togetherIsAtLeastTwo() {
        assertThat(FaultPlan.draw(100, List.of(FaultKind.KILL_TOGETHER, FaultKind.PAUSE_TOGETHER), 3))
                .allSatisfy(fault ->
                        assertThat(fault.services()).hasSizeBetween(2, 4).doesNotHaveDuplicates());
    }

    @Test
    void anUnknownKindIsRefusedWithTheKnownOnes() {
        assertThat(FaultKind.chosen(List.of("kill-broker", " Clock-Hour ")))
                .containsExactly(FaultKind.KILL_BROKER, FaultKind.CLOCK_HOUR);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultKind.chosen(List.of("kill-brokers")))
                .withMessageContaining("kill-brokers")
                .withMessageContaining("pause-task-manager");
    }
}
