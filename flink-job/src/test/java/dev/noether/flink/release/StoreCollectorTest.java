package dev.noether.flink.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.scoring.TestingModels;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseStage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreCollectorTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final int KEEP = 20;

    @TempDir
    Path store;

    @Test
    void aHundredModelsLeaveTheNewestTwenty() throws Exception {
        List<ModelRelease> announced = new ArrayList<>();
        for (int version = 1; version <= 100; version++) {
            announced.add(release(version, version * 1_000L));
            collector().collect(announced, NOW);
            assertThat(names()).hasSize(Math.min(version, KEEP));
        }
        for (ModelRelease release : announced.subList(80, 100)) {
            assertThat(ModelStore.fetch(release.artifact())).isNotEmpty();
        }
    }

    @Test
    void whatIsInForceStaysWhateverItsVersion() throws Exception {
        List<ModelRelease> announced = new ArrayList<>();
        for (int version = 1; version <= 40; version++) {
            announced.add(release(version, version * 1_000L));
        }
        // Model 3 is announced again, and takes effect last; model 40 is retired.
        ModelRelease again = withEffect(announced.get(2), 1_000_000, ReleaseStage.CHAMPION);
        announced.set(2, again);
        announced.set(39, withEffect(announced.get(39), 40_000, ReleaseStage.RETIRED));
        assertThat(collector().collect(announced, NOW)).isEqualTo(20);
        assertThat(ModelStore.fetch(again.artifact())).isNotEmpty();
        assertThat(names())
                .noneMatch(name -> name.startsWith("model-40-"))
                .anyMatch(name -> name.startsWith("model-21-"));
    }

    @Test
    void whatScoresInShadowStaysHoweverManyModelsAreRefusedSince() throws Exception {
        List<ModelRelease> announced = new ArrayList<>();
        ModelRelease shadow = release(1, 0).inStage(ReleaseStage.CHALLENGER, 1_000, 2_000, 1);
        announced.add(shadow);
        for (int version = 2; version <= 40; version++) {
            announced.add(withEffect(release(version, 0), 0, ReleaseStage.REFUSED));
        }
        assertThat(collector().collect(announced, NOW)).isEqualTo(19);
        assertThat(ModelStore.fetch(shadow.artifact())).isNotEmpty();
    }

    @Test
    void filesThatAreNotAnnouncedStayForADayAndOtherFilesForEver() throws Exception {
        ModelRelease announced = release(1, 0);
        ModelRelease orphan = release(2, 0);
        Path folder = store.resolve(TestingModels.DETECTOR);
        Path temporary = folder.resolve("model-9-0123456789abcdef.avro.4711.tmp");
        Path note = folder.resolve("README.txt");
        Path other = store.resolve("other").resolve("model-1-0123456789abcdef.avro");
        Files.createDirectories(other.getParent());
        for (Path file : List.of(temporary, note, other)) {
            Files.writeString(file, "x");
        }
        age(Duration.ofHours(23));
        assertThat(collector().collect(List.of(announced), NOW)).isZero();
        age(Duration.ofHours(25));
        assertThat(collector().collect(List.of(announced), NOW)).isEqualTo(2);
        assertThat(names()).hasSize(2).contains("README.txt");
        assertThat(other).exists();
        assertThat(ModelStore.fetch(announced.artifact())).isNotEmpty();
        assertThat(Path.of(java.net.URI.create(orphan.artifact().uri()))).doesNotExist();
    }

    @Test
    void aStoreThatDoesNotExistYetHasNothingToRemove() throws Exception {
        assertThat(collector().collect(List.of(), NOW)).isZero();
    }

    private StoreCollector collector() {
        return new StoreCollector(store.toUri(), TestingModels.DETECTOR, KEEP);
    }

    private void age(Duration age) throws Exception {
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(NOW - age.toMillis()));
            }
        }
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(store.resolve(TestingModels.DETECTOR))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList();
        }
    }

    private ModelRelease release(long version, long effectiveFrom) {
        byte[] bytes = ("model " + version).getBytes(StandardCharsets.UTF_8);
        return new TestingModels(store).release(version, effectiveFrom, bytes, TestingModels.features(1));
    }

    private static ModelRelease withEffect(ModelRelease release, long effectiveFrom, ReleaseStage stage) {
        return new ModelRelease(
                release.detector(),
                release.version(),
                release.artifact(),
                release.featureSchemaFingerprint(),
                effectiveFrom,
                stage,
                release.announcedAt(),
                release.calibration(),
                release.provenance());
    }
}
