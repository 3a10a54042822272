package dev.noether.model.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KernelInstructionsTest {
    private static final String AVX2 = "fpu sse2 avx fma avx2";
    private static final String AVX512 = AVX2 + " avx512f avx512dq avx512cd avx512bw avx512vl";

    @TempDir
    Path folder;

    @Test
    void refusesKernelsOfWhichTheProcessorLacksAnInstruction() throws IOException {
        Path without = processors(AVX2);
        assertThatIllegalStateException()
                .isThrownBy(() -> KernelInstructions.require("SKYLAKEX", without))
                .withMessage("OPENBLAS_CORETYPE is SKYLAKEX, whose kernels need avx512f, avx512cd, avx512dq, avx512bw,"
                        + " avx512vl; this processor lacks avx512f, avx512cd, avx512dq, avx512bw, avx512vl: unset"
                        + " it, or name kernels that fit this processor");
        Path almost = processors(AVX512.replace(" avx512vl", ""));
        assertThatIllegalStateException()
                .isThrownBy(() -> KernelInstructions.require("SkylakeX", almost))
                .withMessageContaining("lacks avx512vl:");
        assertThatIllegalStateException()
                .isThrownBy(() -> KernelInstructions.require("Cooperlake", processors(AVX512)))
                .withMessageContaining("lacks avx512_bf16:");
        assertThatIllegalStateException()
                .isThrownBy(() -> KernelInstructions.require("Haswell", processors("fpu sse2 avx avx2")))
                .withMessageContaining("lacks fma:");
        for (String coreType : new String[] {"Bulldozer", "Piledriver", "Steamroller", "Excavator"}) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> KernelInstructions.require(coreType, processors(AVX512)))
                    .withMessageContaining("lacks fma4:");
        }
    }

    @Test
    void acceptsKernelsThatFit() throws IOException {
        for (String coreType : new String[] {"Haswell", "ZEN", "Sandybridge", "Nehalem"}) {
            accepts(coreType, processors(AVX2));
        }
        accepts("SKYLAKEX", processors(AVX512));
        accepts("Nehalem", processors("fpu sse2"));
    }

    @Test
    void acceptsUnknownProcessorsAndKernels() throws IOException {
        accepts("", processors(AVX2));
        accepts("NextYearsLake", processors(AVX2));
        accepts("SKYLAKEX", folder.resolve("missing"));
        accepts("SKYLAKEX", Files.writeString(folder.resolve("arm"), "processor\t: 0\nFeatures\t: fp asimd\n"));
        accepts("SKYLAKEX", folder);
        String odd = "model name\t: Prozessor\u00ae\nflags\t\t: " + AVX512 + "\n";
        accepts("SKYLAKEX", Files.writeString(folder.resolve("odd"), odd, StandardCharsets.ISO_8859_1));
    }

    private static void accepts(String coreType, Path processors) {
        assertThatCode(() -> KernelInstructions.require(coreType, processors)).doesNotThrowAnyException();
    }

    private Path processors(String flags) throws IOException {
        String one = "processor\t: %d\nvendor_id\t: Any\nflags\t\t: %s\nbugs\t\t: none\n\n";
        return Files.writeString(folder.resolve("cpuinfo"), one.formatted(0, flags) + one.formatted(1, flags));
    }
}
