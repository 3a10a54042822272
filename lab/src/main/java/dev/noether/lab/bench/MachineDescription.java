package dev.noether.lab.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import java.lang.management.ManagementFactory;

/**
 * The machine and the software on which the results depend.
 *
 * @param cores processors that the JVM may use
 * @param java version of Java
 * @param virtualMachine name and version of the JVM
 * @param system operating system and architecture
 * @param heapMebibytes largest size of the heap, in MiB
 * @param engine engine that computes the network
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
    /** Returns the description of the current machine. */
    public static MachineDescription here() {
        String coreType = System.getenv("OPENBLAS_CORETYPE");
        try (Engine engine = EngineChoice.AUTO.open()) {
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

    /** Returns the processor time of this JVM so far, in seconds; NaN if the JVM does not report it. */
    public static double processorSeconds() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime() / 1e9
                : Double.NaN;
    }
}
