package dev.noether.flink.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoringResourcesTest {
    @Test
    void asksForNothingUnlessTold() {
        assertThat(ScoringResources.fromEnvironment(Map.of()).slotSharingGroup())
                .isEmpty();
        assertThat(groupOfScorer(ScoringResources.ofGpus(0))).isEqualTo("default");
    }

    @Test
    void asksForTheGpusOfTheEnvironment() {
        ScoringResources resources = ScoringResources.fromEnvironment(Map.of("NOETHER_GPU", " 2 "));
        assertThat(resources.slotSharingGroup())
                .hasValueSatisfying(
                        group -> assertThat(group.getExternalResources()).containsEntry("gpu", 2.0));
        assertThat(groupOfScorer(resources)).isEqualTo(ScoringResources.GROUP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "one", "-1", "0.5", "1000"})
    void refusesWhatIsNoNumberOfGpus(String gpus) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScoringResources.fromEnvironment(Map.of("NOETHER_GPU", gpus)))
                .withMessageContaining("`NOETHER_GPU` must be a number of GPUs");
    }

    private static String groupOfScorer(ScoringResources resources) {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        SingleOutputStreamOperator<Long> scores =
                environment.fromSequence(1, 2).map(value -> value).name("score");
        resources.request(environment, scores).sinkTo(new DiscardingSink<>());
        return environment.getStreamGraph().getStreamNodes().stream()
                .filter(node -> node.getOperatorName().equals("score"))
                .map(StreamNode::getSlotSharingGroup)
                .findFirst()
                .orElseThrow();
    }
}
