package dev.noether.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Score;
import dev.noether.schemas.UnscoredReason;
import dev.noether.schemas.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A savepoint of this version is read by this version. For a later one to read it too, write it to a folder that stays:
 *
 * <pre>
 * mvn verify -pl flink-job -am -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dit.test=SavepointFixtureIT -Dfailsafe.failIfNoSpecifiedTests=false \
 *     -Dnoether.fixture.write=src/test/resources/dev/noether/flink/job/savepoint-of-version-02
 * </pre>
 *
 * <p>and add a test like {@link SavepointOfVersion01IT}. The folder must not exist yet: what was once released is never
 * written again. Relative paths begin at this module.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SavepointFixtureIT {
    @RegisterExtension
    private static final MiniClusterExtension FLINK =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(1)
                    .setConfiguration(new Configuration())
                    .build());

    @TempDir
    private Path directory;

    @Test
    void whatThisVersionWritesItReads() throws Exception {
        String given = System.getProperty("noether.fixture.write");
        Path folder = given == null ? directory.resolve("savepoint-of-this-version") : Path.of(given);
        assertThat(folder).doesNotExist();
        SavepointFixture fixture = SavepointFixture.write(folder, Files.createDirectory(directory.resolve("written")));
        Judged expected = fixture.expected();
        assertIsWorthKeeping(expected);
        fixture.goOn(Files.createDirectory(directory.resolve("read"))).assertSameAs(expected);
    }

    /** Something of each kind that state decides is in it. */
    private static void assertIsWorthKeeping(Judged judged) {
        List<Score> scores = judged.scores();
        assertThat(scores).extracting(Score::verdict).contains(Verdict.UNSCORED, Verdict.NORMAL, Verdict.ANOMALOUS);
        assertThat(scores).extracting(Score::unscoredReason).contains(UnscoredReason.WARM_UP, UnscoredReason.LATE);
        assertThat(scores).extracting(Score::modelVersion).contains(1L, 2L);
        assertThat(scores).anySatisfy(score -> assertThat(score.imputed()).isNotEmpty());
        assertThat(scores).anySatisfy(score -> assertThat(score.stuck()).isNotEmpty());
        assertThat(scores).extracting(Score::suppressed).anyMatch(Objects::nonNull);

        List<Incident> open = judged.incidents().stream()
                .filter(incident -> incident.start() < SavepointScenario.savepointTime())
                .toList();
        for (IncidentKind kind : List.of(IncidentKind.ANOMALY, IncidentKind.SILENCE, IncidentKind.GROUP)) {
            assertThat(open)
                    .as("open at the savepoint and over behind it")
                    .anyMatch(incident -> incident.kind() == kind && incident.state() == IncidentState.RESOLVED);
        }
        assertThat(open)
                .as("held back at the savepoint")
                .anyMatch(incident -> incident.state() == IncidentState.OPENED);
        assertThat(open).anyMatch(incident -> incident.state() == IncidentState.UPDATED);
        assertThat(open).anyMatch(incident -> incident.description().contains("is stuck"));
        assertThat(open).anyMatch(incident -> incident.suppressed() != null);
    }
}
