package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.engine.Engine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TrainingProvenanceTest extends RandomizedTest {
    private final Engine engine = new ReferenceEngine();
    private final DetectorOptions options = TestingHistories.options(TestingHistories.FORECAST);

    @Test
    void theProvenanceHasTheDataTheTrainingAndTheMachine() {
        List<EntityHistory> histories = TestingHistories.histories(random(), 2);
        HistorySplit split = TestingHistories.split(histories);
        TreeMap<String, String> origin = new TreeMap<>();
        origin.put("data.source", "a topic");
        origin.put("engine", "is replaced");
        DetectorNetwork network = TestingHistories.network(engine, split);
        assertThat(TrainingProvenance.of(origin, options, "reference", histories, split, network))
                .containsEntry("data.source", "a topic")
                .containsEntry("data.from", "1970-01-01T00:00:00Z")
                .containsEntry("data.to", "1970-01-01T09:59:00.001Z")
                .containsEntry("data.entities", "2")
                .containsEntry("data.rows", "1200")
                .containsEntry("engine", "reference")
                .containsEntry("training.options", options.toString())
                .containsEntry(
                        "training.learnedPart",
                        String.valueOf(network.learnedPart().isUsed()))
                .containsEntry("training.windows", "718")
                .containsEntry("training.validationWindows", "240")
                .containsEntry("training.symmetry", "none")
                .containsKeys("java", "machine", "openblas.coretype", "training.bestValidationError");
        assertThat(origin).as("the caller's map is only read").hasSize(2);
    }
}
