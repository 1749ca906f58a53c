// Socket.IO with its documented speed-ups: WebSocket only, no compression, bufferutil installed.
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false, httpCompression: false, serveClient: false });
io.on("connection", (socket) => {
  socket.on("message", (text) => io.emit("message", text));
  socket.on("vote", (text, acknowledge) => acknowledge(text)); // a bare acknowledgement: nothing stored, nobody told
});
http.listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 4096 }, () => console.log("listening"));
