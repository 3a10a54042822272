package dev.noether.lab.reproduce.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.lab.reproduce.protocol.Hyperparameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs that an earlier version stored are still found: the text of a stored run does not change. */
final class RunResultJsonTest {
    private static final String STORED = "{\"key\":\"v4"
            + " CBF\",\"seed\":3,\"failure\":null,\"learningRate\":0.001,\"strength\":0.1,\"testError\":0.25,"
            + "\"validationError\":0.5,\"bestEpoch\":7,\"diverged\":1,\"testCurve\":[0.5,\"NaN\"],"
            + "\"seconds\":1.5,\"inside\":{\"radii\":[0.1],\"regions\":[2.0],\"biorthogonalityDefect\":0.75,"
            + "\"use\":{\"shares\":[[1.0,0.5]],\"used\":1.5,\"sparsity\":null,\"unexplained\":0.125},"
            + "\"generatorBytes\":8,\"multiplications\":4},\"remark\":\"none\",\"detection\":0.875,"
            + "\"portrait\":null}";

    private static final RunResult RUN = new RunResult(
            "v4 CBF",
            3,
            1.5,
            null,
            new Hyperparameters(0.001, 0.1),
            new RunResult.Errors(0.25, 0.5, 0.875),
            new RunResult.Course(7, 1, List.of(0.5, Double.NaN)),
            new RunResult.Findings(
                    new NetworkInspection(
                            List.of(0.1),
                            List.of(2.0),
                            0.75,
                            new NetworkInspection.Use(List.of(List.of(1.0, 0.5)), 1.5, null, 0.125),
                            8L,
                            4L),
                    "none",
                    null));

    @Test
    void theTextIsThatOfEarlierVersions() throws IOException {
        assertThat(new String(RunResultJson.encode(RUN), StandardCharsets.UTF_8))
                .isEqualTo(STORED);
        assertThat(RunResultJson.decode(STORED.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(RUN);
    }

    @Test
    void aFailedRunKeepsItsReasonAndHyperparameters() throws IOException {
        RunIdentity identity = new RunIdentity("CBF", "ae", 2, "key");
        RunResult failed = RunResult.failed(identity, new Hyperparameters(0.01, 0), "diverged", 2);
        RunResult read = RunResultJson.decode(RunResultJson.encode(failed));
        assertThat(read).isEqualTo(failed);
        assertThat(read.testError()).isNull();
        assertThat(read.validationOrInfinite()).isInfinite();
    }

    @Test
    void aRunWithoutHyperparametersHasNone() throws IOException {
        RunIdentity identity = new RunIdentity("CBF", "pca10", 1, "key");
        RunResult run = RunResult.withoutEpochs(identity, 0.5, null, 0, RunResult.Findings.NONE);
        assertThat(new String(RunResultJson.encode(run), StandardCharsets.UTF_8))
                .contains("\"learningRate\":null,\"strength\":null", "\"testCurve\":[]");
        assertThat(RunResultJson.decode(RunResultJson.encode(run))).isEqualTo(run);
    }

    @Test
    void textThatIsNoRunIsRefused() {
        for (String text : List.of("null", "{}", "[]", "{\"key\":1}", STORED.replace("0.25", "\"much\""))) {
            assertThatThrownBy(() -> RunResultJson.decode(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> RunResultJson.decode("{\"key\": \"ke".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }
}
