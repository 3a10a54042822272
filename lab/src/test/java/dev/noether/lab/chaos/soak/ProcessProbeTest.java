package dev.noether.lab.chaos.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.noether.testing.deployment.ChildProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessProbeTest {
    @TempDir
    private Path folder;

    @Test
    void theResourcesOfAProcessAreThoseThatItHolds() throws IOException {
        try (ChildProcess process = ChildProcess.start(
                        "holder",
                        List.of(
                                System.getProperty("java.home") + "/bin/java",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Holder.class.getName()),
                        Map.of(),
                        folder,
                        folder.resolve("holder.log"));
                ProcessProbe probe = ProcessProbe.attach(awaitHolding(process))) {
            Map<ResourceKind, Double> values = probe.read();
            assertThat(values.get(ResourceKind.HEAP)).isBetween(50.0, 80.0);
            assertThat(values.get(ResourceKind.DIRECT)).isBetween(16.0, 20.0);
            assertThat(values.get(ResourceKind.METASPACE)).isBetween(1.0, 60.0);
            assertThat(values.get(ResourceKind.RESIDENT)).isGreaterThan(60);
            assertThat(values.get(ResourceKind.THREADS)).isGreaterThan(5);
            assertThat(values.get(ResourceKind.HANDLES)).isGreaterThan(3);
        }
    }

    @Test
    void aProcessThatIsNotThereCannotBeAttachedTo() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> ProcessProbe.attach(999_999_999));
    }

    private static long awaitHolding(ChildProcess process) {
        while (!process.output().contains("holding")) {
            if (!process.isAlive()) {
                throw process.failure("did not hold anything");
            }
            Thread.onSpinWait();
        }
        return process.pid();
    }

    /** Holds 50 MiB on the heap and 16 MiB beside it until it is ended. */
    public static final class Holder {
        private Holder() {}

        /** Runs. */
        public static void main(String[] arguments) throws InterruptedException {
            byte[][] heap = new byte[50][1 << 20];
            ByteBuffer direct = ByteBuffer.allocateDirect(16 << 20);
            System.out.println("holding " + (heap.length + direct.capacity()));
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
