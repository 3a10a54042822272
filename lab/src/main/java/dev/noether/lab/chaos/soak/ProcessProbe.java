package dev.noether.lab.chaos.soak;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Reads the resources of a Java process of this machine: memory and threads from its management beans, the rest from
 * {@code /proc}. The heap is collected before, so that the value is that of live objects. Not thread-safe.
 */
final class ProcessProbe implements AutoCloseable {
    private static final double MEBIBYTE = 1 << 20;

    private final long pid;
    private final JMXConnector connector;

    private ProcessProbe(long pid, JMXConnector connector) {
        this.pid = pid;
        this.connector = connector;
    }

    /**
     * Attaches to a process.
     *
     * @throws IOException if it does not answer, or this Java cannot attach
     */
    @SuppressWarnings("BanJNDI") // the address comes from the process itself, of this machine and this user
    static ProcessProbe attach(long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                String address = machine.startLocalManagementAgent();
                return new ProcessProbe(pid, JMXConnectorFactory.connect(new JMXServiceURL(address)));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("cannot attach to process " + pid + ": " + e.getMessage(), e);
        }
    }

    long pid() {
        return pid;
    }

    Map<ResourceKind, Double> read() throws IOException {
        MBeanServerConnection server = connector.getMBeanServerConnection();
        MemoryMXBean memory = ManagementFactory.getPlatformMXBean(server, MemoryMXBean.class);
        memory.gc();
        Map<ResourceKind, Double> values = new EnumMap<>(ResourceKind.class);
        values.put(ResourceKind.HEAP, memory.getHeapMemoryUsage().getUsed() / MEBIBYTE);
        double metaspace = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getPlatformMXBeans(server, MemoryPoolMXBean.class)) {
            metaspace += pool.getName().equals("Metaspace") ? pool.getUsage().getUsed() / MEBIBYTE : 0;
        }
        values.put(ResourceKind.METASPACE, metaspace);
        double direct = 0;
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(server, BufferPoolMXBean.class)) {
            direct += pool.getMemoryUsed() / MEBIBYTE;
        }
        values.put(ResourceKind.DIRECT, direct);
        readSystem(values);
        return values;
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException ended) {
            // The process has ended, and the connection with it.
            return;
        }
    }

    private void readSystem(Map<ResourceKind, Double> values) throws IOException {
        Path folder = Path.of("/proc", Long.toString(pid));
        for (String line : Files.readAllLines(folder.resolve("status"))) {
            String[] words = line.split("\\s+");
            if (words[0].equals("VmRSS:")) {
                values.put(ResourceKind.RESIDENT, Double.parseDouble(words[1]) / 1024);
            } else if (words[0].equals("Threads:")) {
                values.put(ResourceKind.THREADS, Double.parseDouble(words[1]));
            }
        }
        try (Stream<Path> handles = Files.list(folder.resolve("fd"))) {
            values.put(ResourceKind.HANDLES, (double) handles.count());
        }
    }
}
