package dev.noether.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script names faster kernels for the processors that OpenBLAS 0.3.19 does not know, and nothing for all others.
 */
final class BlasCoreTypeTest {
    private static final String AVX2 = "fpu sse2 avx fma avx2";
    private static final String AVX512 = AVX2 + " avx512f avx512dq avx512cd avx512bw avx512vl";

    @TempDir
    Path folder;

    @Test
    void namesTheKernelsOfNewerReleases() throws Exception {
        assertThat(coreType("AuthenticAMD", "26", AVX512)).isEqualTo("SKYLAKEX");
        assertThat(coreType("AuthenticAMD", "25", AVX512)).isEqualTo("SKYLAKEX");
        assertThat(coreType("AuthenticAMD", "26", AVX2)).isEqualTo("Haswell");
        // Emerald Rapids, Raptor Lake, and a future family.
        assertThat(coreType("GenuineIntel", "6", "207", AVX512)).isEqualTo("SKYLAKEX");
        assertThat(coreType("GenuineIntel", "6", "183", AVX2)).isEqualTo("Haswell");
        assertThat(coreType("GenuineIntel", "18", "1", AVX512)).isEqualTo("SKYLAKEX");
    }

    @Test
    void namesTheFasterKernelsForSmallMatrices() throws Exception {
        assertThat(coreType("AuthenticAMD", "25", AVX2)).isEqualTo("Haswell");
        assertThat(coreType("AuthenticAMD", "25", "fpu sse2 avx avx2")).isEmpty();
    }

    @Test
    void printsNothingForProcessorsThatOpenBlasKnows() throws Exception {
        assertThat(coreType("AuthenticAMD", "23", AVX2)).isEmpty();
        // Ice Lake, Rocket Lake, and a Pentium 4. The family number of the last is larger than those of its successors.
        assertThat(coreType("GenuineIntel", "6", "106", AVX512)).isEmpty();
        assertThat(coreType("GenuineIntel", "6", "167", AVX512)).isEmpty();
        assertThat(coreType("GenuineIntel", "15", "4", "fpu sse2")).isEmpty();
        assertThat(coreType("HygonGenuine", "24", AVX2)).isEmpty();
    }

    @Test
    void namesNoKernelsWithInstructionsThatTheProcessorLacks() throws Exception {
        for (String flag : AVX512.split(" ")) {
            if (!flag.startsWith("avx512")) {
                continue;
            }
            assertThat(coreType("AuthenticAMD", "26", AVX512.replaceFirst(" " + flag + "\\b", "")))
                    .as(flag)
                    .isEqualTo("Haswell");
        }
        assertThat(coreType("AuthenticAMD", "26", "fpu sse2 avx fma")).isEmpty();
        assertThat(coreType("AuthenticAMD", "26", "fpu sse2 avx avx2")).isEmpty();
        assertThat(coreType("GenuineIntel", "6", "207", "fpu sse2 avx fma")).isEmpty();
    }

    @Test
    void printsNothingForUnreadableDescriptions() throws Exception {
        Path odd = Files.writeString(folder.resolve("odd"), "vendor_id\t: AuthenticAMD\ncpu family\t: ?\n");
        assertThat(coreType(odd)).isEmpty();
        assertThat(coreType(Files.writeString(folder.resolve("empty"), ""))).isEmpty();
        assertThat(coreType(folder.resolve("missing"))).isEmpty();
    }

    private String coreType(String vendor, String family, String flags) throws Exception {
        return coreType(vendor, family, "2", flags);
    }

    private String coreType(String vendor, String family, String model, String flags) throws Exception {
        String one =
                "processor\t: %s%nvendor_id\t: %s%ncpu family\t: %s%nmodel\t\t: %s%nmodel name\t: 9%nflags\t\t: %s%n%n";
        Path description = folder.resolve("cpuinfo");
        Files.writeString(
                description,
                one.formatted("0", vendor, family, model, flags) + one.formatted("1", vendor, family, model, flags));
        return coreType(description);
    }

    private static String coreType(Path description) throws IOException, InterruptedException {
        Path script = LauncherTree.projectLauncher().resolveSibling("deploy/bin/blas-core-type");
        Process process = new ProcessBuilder("/bin/sh", script.toString(), description.toString())
                .redirectErrorStream(true)
                .start();
        String coreType = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return coreType;
    }
}
