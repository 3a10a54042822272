package dev.noether.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of processors for which OpenBLAS 0.3.19 does not choose best, and that nothing is said of all others. */
final class BlasCoreTypeTest {
    private static final String AVX2 = "fpu sse2 avx fma avx2";
    private static final String AVX512 = AVX2 + " avx512f avx512dq avx512cd avx512bw avx512vl";

    @TempDir
    Path folder;

    @Test
    void namesWhatNewerReleasesChooseThemselves() throws Exception {
        assertThat(said("AuthenticAMD", "26", AVX512)).isEqualTo("SKYLAKEX");
        assertThat(said("AuthenticAMD", "25", AVX512)).isEqualTo("SKYLAKEX");
        assertThat(said("AuthenticAMD", "26", AVX2)).isEqualTo("Haswell");
        // Emerald Rapids, Raptor Lake, and a family to come.
        assertThat(said("GenuineIntel", "6", "207", AVX512)).isEqualTo("SKYLAKEX");
        assertThat(said("GenuineIntel", "6", "183", AVX2)).isEqualTo("Haswell");
        assertThat(said("GenuineIntel", "18", "1", AVX512)).isEqualTo("SKYLAKEX");
    }

    @Test
    void namesWhatIsFasterForSmallMatrices() throws Exception {
        assertThat(said("AuthenticAMD", "25", AVX2)).isEqualTo("Haswell");
        assertThat(said("AuthenticAMD", "25", "fpu sse2 avx avx2")).isEmpty();
    }

    @Test
    void saysNothingOfProcessorsThatOpenBlasKnows() throws Exception {
        assertThat(said("AuthenticAMD", "23", AVX2)).isEmpty();
        // Ice Lake, Rocket Lake, and a Pentium 4, whose family is a larger number than those after it have.
        assertThat(said("GenuineIntel", "6", "106", AVX512)).isEmpty();
        assertThat(said("GenuineIntel", "6", "167", AVX512)).isEmpty();
        assertThat(said("GenuineIntel", "15", "4", "fpu sse2")).isEmpty();
        assertThat(said("HygonGenuine", "24", AVX2)).isEmpty();
    }

    @Test
    void namesNoKernelsOfWhichTheProcessorLacksAnInstruction() throws Exception {
        for (String flag : AVX512.split(" ")) {
            if (!flag.startsWith("avx512")) {
                continue;
            }
            assertThat(said("AuthenticAMD", "26", AVX512.replaceFirst(" " + flag + "\\b", "")))
                    .as(flag)
                    .isEqualTo("Haswell");
        }
        assertThat(said("AuthenticAMD", "26", "fpu sse2 avx fma")).isEmpty();
        assertThat(said("AuthenticAMD", "26", "fpu sse2 avx avx2")).isEmpty();
        assertThat(said("GenuineIntel", "6", "207", "fpu sse2 avx fma")).isEmpty();
    }

    @Test
    void saysNothingOfWhatItCannotRead() throws Exception {
        Path odd = Files.writeString(folder.resolve("odd"), "vendor_id\t: AuthenticAMD\ncpu family\t: ?\n");
        assertThat(said(odd)).isEmpty();
        assertThat(said(Files.writeString(folder.resolve("empty"), ""))).isEmpty();
        assertThat(said(folder.resolve("missing"))).isEmpty();
    }

    private String said(String vendor, String family, String flags) throws Exception {
        return said(vendor, family, "2", flags);
    }

    private String said(String vendor, String family, String model, String flags) throws Exception {
        String one =
                "processor\t: %s%nvendor_id\t: %s%ncpu family\t: %s%nmodel\t\t: %s%nmodel name\t: 9%nflags\t\t: %s%n%n";
        Path description = folder.resolve("cpuinfo");
        Files.writeString(
                description,
                one.formatted("0", vendor, family, model, flags) + one.formatted("1", vendor, family, model, flags));
        return said(description);
    }

    private static String said(Path description) throws IOException, InterruptedException {
        Path script = LauncherTree.projectLauncher().resolveSibling("deploy/bin/blas-core-type");
        Process process = new ProcessBuilder("/bin/sh", script.toString(), description.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return said;
    }
}
