package dev.noether.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TopicTest {
    @Test
    void plainTopicsKeepEverythingAndCompactedOnesTheLatestPerKey() {
        assertThat(Topic.plain("observations", 4).toNewTopic().configs()).isEqualTo(Map.of("cleanup.policy", "delete"));
        assertThat(Topic.compacted("models", 1).toNewTopic().configs()).isEqualTo(Map.of("cleanup.policy", "compact"));
        assertThat(Topic.plain("observations", 4).toNewTopic().numPartitions()).isEqualTo(4);
    }

    @Test
    void refusesATopicWithoutPartitions() {
        assertThatThrownBy(() -> Topic.plain("observations", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`partitions` must be at least 1 (got 0)");
    }
}
