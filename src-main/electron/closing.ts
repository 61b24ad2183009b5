import { app, type BrowserWindow, dialog } from 'electron'

/** Closing the console in a call would cut the citizen off: it is asked about, and the call goes on meanwhile. */
export function askBeforeCuttingOff(face: BrowserWindow, phone: BrowserWindow, call: { isInCall(): boolean }): void {
  // An end of the whole program closes every window at once; the phone's goes last, after the console's has agreed.
  phone.on('close', (event) => {
    if (!face.isDestroyed()) event.preventDefault()
  })
  face.on('closed', () => {
    // Closed, not destroyed: the page still says goodbye to whoever is on the line.
    if (!phone.isDestroyed()) phone.close()
  })

  let isAsking = false
  let isAgreed = false
  face.on('close', (event) => {
    if (isAgreed || !call.isInCall()) return
    event.preventDefault()
    if (isAsking) return
    isAsking = true
    void dialog
      .showMessageBox(face, {
        type: 'question',
        title: 'Bàn Trực 1022',
        message: 'Đang có cuộc gọi.',
        detail: 'Đóng bàn trực sẽ kết thúc cuộc gọi này. Nội dung đang soạn và bản ghi âm vẫn được giữ.',
        buttons: ['Tiếp tục cuộc gọi', 'Kết thúc và đóng'],
        defaultId: 0,
        cancelId: 0,
      })
      .then(({ response }) => {
        isAsking = false
        isAgreed = response === 1
        // Closed, not destroyed: the page still saves what was typed last.
        if (isAgreed && !face.isDestroyed()) face.close()
      })
  })
}

/** The desk closes its store and vault before the program ends, and only once no window can refuse the end any more. */
export function stopDeskFirst(desk: { stop(): Promise<void> }): void {
  let isStopped = false
  app.on('will-quit', (event) => {
    if (isStopped) return
    event.preventDefault()
    void desk.stop().then(() => {
      isStopped = true
      app.quit()
    })
  })
}
