package dev.noether.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ModelNewsTest {
    @Test
    void aProblemIsToldOnceAndItsEndToo() {
        ModelNews news = new ModelNews();
        assertThat(news.of(-1, "")).isEmpty();
        assertThat(news.of(-1, "model 7 refused: SHA-256 is 00"))
                .contains("Model 7 refused: SHA-256 is 00 (no model is in force)");
        assertThat(news.of(-1, "model 7 refused: SHA-256 is 00")).isEmpty();
        assertThat(news.of(6, "model 8 pending: there is no file file:/m"))
                .contains("Model 8 pending: there is no file file:/m (model 6 is in force)");
        assertThat(news.of(8, "")).contains("Model 8 is in force.");
        assertThat(news.of(9, "")).isEmpty();
        assertThat(ModelNews.name(-1)).isEqualTo("none yet");
    }
}
