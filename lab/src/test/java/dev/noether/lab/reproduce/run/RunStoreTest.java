package dev.noether.lab.reproduce.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.lab.reproduce.TinySets;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.protocol.Hyperparameters;
import dev.noether.lab.reproduce.protocol.Protocol;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import dev.noether.lab.series.SymmetryPortrait;
import dev.noether.model.autoencoder.Activation;
import dev.noether.model.symmetry.GeneratorStructure;
import dev.noether.model.symmetry.learned.SymmetryCandidate;
import dev.noether.model.symmetry.learned.SymmetryFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunStoreTest {
    @TempDir
    private Path folder;

    @Test
    void findsStoredRuns() throws IOException {
        RunStore store = new RunStore(folder);
        RunIdentity identity = new RunIdentity("Set", "ae", 3, "key");
        assertThat(store.find(identity)).isEmpty();
        NetworkInspection inside = new NetworkInspection(
                List.of(1.0),
                List.of(2.0),
                0.5,
                new NetworkInspection.Use(List.of(List.of(1.0, 0.25)), 1.5, null, 0.1),
                1L,
                2L);
        RunResult result = new RunResult(
                "key",
                3,
                1.5,
                null,
                new Hyperparameters(0.1, 2.0),
                new RunResult.Errors(1.0 / 3, 0.4, 0.75),
                new RunResult.Course(7, 1, List.of(0.5, 0.4)),
                new RunResult.Findings(inside, "a remark", portrait()));
        store.store(identity, result);
        assertThat(new RunStore(folder).find(identity)).contains(result);
        RunResult failed = RunResult.failed(identity, new Hyperparameters(0.1, 0), "diverged", 1);
        store.store(identity, failed);
        assertThat(store.find(identity)).contains(failed);
    }

    @Test
    void aFileThatCannotBeParsedIsAbsent() throws IOException {
        RunStore store = new RunStore(folder);
        RunIdentity identity = new RunIdentity("Set", "ae", 3, "key");
        Files.writeString(folder.resolve(identity.fileName()), "{\"key\": \"ke");
        assertThat(store.find(identity)).isEmpty();
        Files.writeString(folder.resolve(identity.fileName()), "null");
        assertThat(store.find(identity)).isEmpty();
    }

    @Test
    void everyOptionCounts() {
        BenchmarkSet set = TinySets.waves("Waves", 10, 4);
        Protocol protocol = new Protocol(2, 5, 16, 2, Activation.RELU, GeneratorStructure.FULL);
        List<RunIdentity> different = List.of(
                identity(set, ComparedMethod.LIE1, new Hyperparameters(1, 1), 1, protocol),
                identity(set, ComparedMethod.LIE2, new Hyperparameters(1, 1), 1, protocol),
                identity(set, ComparedMethod.LIE1, new Hyperparameters(0.5, 1), 1, protocol),
                identity(set, ComparedMethod.LIE1, new Hyperparameters(1, 2), 1, protocol),
                identity(set, ComparedMethod.LIE1, new Hyperparameters(1, 1), 2, protocol),
                identity(TinySets.waves("Waves", 11, 4), ComparedMethod.LIE1, new Hyperparameters(1, 1), 1, protocol),
                identity(TinySets.waves("Other", 10, 4), ComparedMethod.LIE1, new Hyperparameters(1, 1), 1, protocol),
                identity(
                        set,
                        ComparedMethod.LIE1,
                        new Hyperparameters(1, 1),
                        1,
                        new Protocol(2, 6, 16, 2, Activation.RELU, GeneratorStructure.FULL)),
                identity(
                        set,
                        ComparedMethod.LIE1,
                        new Hyperparameters(1, 1),
                        1,
                        new Protocol(2, 5, 8, 2, Activation.RELU, GeneratorStructure.FULL)),
                identity(
                        set,
                        ComparedMethod.LIE1,
                        new Hyperparameters(1, 1),
                        1,
                        new Protocol(2, 5, 16, 2, Activation.LINEAR, GeneratorStructure.FULL)),
                identity(
                        set,
                        ComparedMethod.LIE1,
                        new Hyperparameters(1, 1),
                        1,
                        new Protocol(2, 5, 16, 2, Activation.RELU, GeneratorStructure.LOW_RANK)));
        assertThat(different.stream().map(RunIdentity::key)).doesNotHaveDuplicates();
        assertThat(different.stream().map(RunIdentity::fileName)).doesNotHaveDuplicates();
        // More runs and a longer search do not change what a run is.
        assertThat(identity(
                        set,
                        ComparedMethod.LIE1,
                        new Hyperparameters(1, 1),
                        1,
                        new Protocol(9, 5, 16, 8, Activation.RELU, GeneratorStructure.FULL)))
                .isEqualTo(different.get(0));
    }

    @Test
    void thePassesOfTheDefaultModelCountWhereRowsAreNoSeries() {
        BenchmarkSet waves = TinySets.waves("Waves", 10, 4);
        BenchmarkSet rows = new BenchmarkSet("Rows", waves.train(), waves.test(), false, List.of());
        Protocol protocol = new Protocol(2, 5, 16, 2, Activation.RELU, GeneratorStructure.FULL);
        Hyperparameters none = new Hyperparameters(0, 0);
        assertThat(identity(rows, ComparedMethod.DEFAULT, none, 1, protocol).key())
                .endsWith(" passes 40");
        assertThat(identity(waves, ComparedMethod.DEFAULT, none, 1, protocol).key())
                .doesNotContain("passes");
        assertThat(identity(rows, ComparedMethod.PCA10, none, 1, protocol).key())
                .doesNotContain("passes");
    }

    private static RunIdentity identity(
            BenchmarkSet set, ComparedMethod method, Hyperparameters setting, long seed, Protocol protocol) {
        return RunIdentity.of(set, set.fingerprint(), method, setting, seed, protocol);
    }

    private static SymmetryPortrait portrait() {
        SymmetryPortrait.Motion motion = new SymmetryPortrait.Motion(
                List.of(1.0, -0.5),
                0.7,
                List.of(List.of(0.1, 0.2), List.of(0.3, 0.4), List.of(0.5, 0.6), List.of(0.7, 0.8)));
        return new SymmetryPortrait(
                new SymmetryCandidate(SymmetryFamily.PRESCRIBED_WARP, 0, 1.5),
                List.of(1.0, 2.0),
                Double.NaN,
                List.of(motion));
    }
}
