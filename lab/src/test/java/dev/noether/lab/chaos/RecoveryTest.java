package dev.noether.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    @Test
    void medianAndWorstAreThoseOfTheAwaitedFaultsOfAKind() {
        Map<String, Recovery> recoveries = Recovery.byKind(List.of(
                result("kill-broker", 4.0),
                result("garbage", 1.0),
                result("kill-broker", null),
                result("kill-broker", 9.0),
                result("kill-broker", 5.0),
                result("garbage", 2.0)));
        assertThat(recoveries)
                .containsExactly(
                        Map.entry("garbage", new Recovery(2, 1.5, 2.0)),
                        Map.entry("kill-broker", new Recovery(3, 5.0, 9.0)));
    }

    private static FaultResult result(String kind, @Nullable Double recovery) {
        return new FaultResult(1, kind, List.of(), "2026-01-01T00:00:00Z", 0, recovery);
    }
}
