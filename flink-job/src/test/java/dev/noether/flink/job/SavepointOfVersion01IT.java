package dev.noether.flink.job;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job goes on from a savepoint that version 0.1 wrote, and says of the observations behind it what version 0.1
 * said. The files are never written again; {@link SavepointFixtureIT} tells how those of a later version are made.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SavepointOfVersion01IT {
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
    void theJobGoesOnFromItAndSaysTheSame() throws Exception {
        SavepointFixture fixture = SavepointFixture.stored("savepoint-of-version-01");
        fixture.goOn(directory).assertSameAs(fixture.expected());
    }
}
