package dev.noether.model.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks that the processor has the instructions of the kernels that {@code OPENBLAS_CORETYPE} names. OpenBLAS does not
 * check this: a missing instruction would end the process at the first product, without a message that names the
 * variable.
 */
final class KernelInstructions {
    private static final List<String> AVX512 = List.of("avx512f", "avx512cd", "avx512dq", "avx512bw", "avx512vl");

    /**
     * The processor flags of Linux that kernels need, by core type of OpenBLAS 0.3.19 in lower case. The kernels of
     * other core types run on every 64-bit processor.
     */
    private static final Map<String, List<String>> NEEDED = Map.of(
            "sandybridge", List.of("avx"),
            "bulldozer", List.of("avx", "fma4"),
            "piledriver", List.of("avx", "fma4"),
            "steamroller", List.of("avx", "fma4"),
            "excavator", List.of("avx", "fma4"),
            "haswell", List.of("avx2", "fma"),
            "zen", List.of("avx2", "fma"),
            "skylakex", AVX512,
            "cooperlake",
                    Stream.concat(AVX512.stream(), Stream.of("avx512_bf16")).toList());

    private KernelInstructions() {}

    /** The value of the variable in this process; empty if it is not set. */
    static String coreType() {
        return System.getenv().getOrDefault("OPENBLAS_CORETYPE", "");
    }

    /**
     * Checks the kernels that the variable names, on this processor.
     *
     * @throws IllegalStateException if an instruction is missing
     */
    static void require() {
        require(coreType(), Path.of("/proc/cpuinfo"));
    }

    /**
     * Checks kernels on a processor. An unknown processor or an unknown core type passes.
     *
     * @param coreType value of the variable, empty if it is not set; as in OpenBLAS, the case of its letters does not
     *     matter
     * @param processors {@code /proc/cpuinfo} or a file of the same format
     * @throws IllegalStateException if an instruction is missing
     */
    static void require(String coreType, Path processors) {
        List<String> needed = NEEDED.getOrDefault(coreType.toLowerCase(Locale.ROOT), List.of());
        Set<String> flags = flags(processors);
        List<String> missing =
                needed.stream().filter(flag -> !flags.contains(flag)).toList();
        if (!flags.isEmpty() && !missing.isEmpty()) {
            throw new IllegalStateException(
                    ("OPENBLAS_CORETYPE is %s, whose kernels need %s; this processor lacks %s: unset it, or name"
                                    + " kernels that fit this processor")
                            .formatted(coreType, String.join(", ", needed), String.join(", ", missing)));
        }
    }

    private static Set<String> flags(Path processors) {
        // In this encoding every byte is a character, so that no processor name causes an error.
        try (Stream<String> lines = Files.lines(processors, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.matches("flags\\s*:.*"))
                    .findFirst()
                    .map(line -> Set.copyOf(List.of(
                            line.substring(line.indexOf(':') + 1).strip().split("\\s+"))))
                    .orElse(Set.of());
        } catch (IOException | UncheckedIOException e) {
            // Not Linux: the processor is unknown.
            return Set.of();
        }
    }
}
