package dev.noether.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScoreTest {
    @Test
    void aSuppressedScoreKeepsAllElse() {
        Score score = SixthVersionRecords.score();
        Score suppressed = score.suppressedBy("maintenance: upgrade");
        assertThat(suppressed.suppressed()).isEqualTo("maintenance: upgrade");
        assertThat(suppressed.shadow()).isEqualTo(score.shadow()).isNotNull();
        assertThat(suppressed)
                .usingRecursiveComparison()
                .ignoringFields("suppressed")
                .isEqualTo(score);
    }
}
