package dev.noether.lab.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineKind;
import java.lang.management.ManagementFactory;

/**
 * What the figures depend on besides the code.
 *
 * @param cores processors that the JVM may use
 * @param java version of Java
 * @param virtualMachine name and version of the JVM
 * @param system operating system and architecture
 * @param heapMebibytes the largest heap
 * @param engine what computes the network
 * @param openblasCoreType the environment variable OPENBLAS_CORETYPE, or "unset"
 */
public record MachineDescription(
        int cores,
        String java,
        String virtualMachine,
        String system,
        long heapMebibytes,
        String engine,
        String openblasCoreType) {
    /** The machine that this runs on. */
    public static MachineDescription here() {
        String coreType = System.getenv("OPENBLAS_CORETYPE");
        try (Engine engine = EngineKind.AUTO.open()) {
            return new MachineDescription(
                    Runtime.getRuntime().availableProcessors(),
                    System.getProperty("java.version", ""),
                    System.getProperty("java.vm.name", "") + " " + System.getProperty("java.vm.version", ""),
                    System.getProperty("os.name", "") + " " + System.getProperty("os.arch", ""),
                    Runtime.getRuntime().maxMemory() >> 20,
                    engine.name(),
                    coreType == null ? "unset" : coreType);
        }
    }

    /** What this JVM has computed so far; NaN where the JVM does not say. */
    public static double processorSeconds() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime() / 1e9
                : Double.NaN;
    }
}
