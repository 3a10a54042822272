package dev.noether.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScoringNewsTest {
    @Test
    void rowsWithoutAScoreAreShownWithTheirReasons() {
        assertThat(ScoringNews.unscored(Map.of())).isEqualTo("0");
        assertThat(ScoringNews.unscored(new TreeMap<>(Map.of("COLD_START", 1_200L, "LATE", 4L))))
                .isEqualTo("1,204 (1,200 before the first model, 4 late)");
    }
}
