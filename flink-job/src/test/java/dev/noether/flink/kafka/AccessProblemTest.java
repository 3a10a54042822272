package dev.noether.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

final class AccessProblemTest {
    @Test
    void theTopicsAreNamedInTheirOrder() {
        assertThat(AccessProblem.of(new ExecutionException(
                        new TopicAuthorizationException(Set.of("fleet.scores", "fleet.models")))))
                .contains(
                        "Kafka denies this user the access to the topic fleet.models, fleet.scores; ./noether topics acl"
                                + " --config FILE shows the rights that each process needs");
    }

    /** The answer to a question of an administration client is the error's code alone. */
    @Test
    void aTopicThatKafkaDoesNotNameIsSaidToBeUnknown() {
        assertThat(AccessProblem.of(new TopicAuthorizationException("Topic authorization failed.")))
                .hasValueSatisfying(sentence ->
                        assertThat(sentence).contains("a topic that it does not name; ./noether topics acl"));
    }
}
