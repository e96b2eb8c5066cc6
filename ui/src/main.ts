import '@fontsource-variable/atkinson-hyperlegible-next/wght.css'
import { mount } from 'svelte'
import './styles/tokens.css'
import './styles/base.css'
import './lib/components/inputs.css'
import App from './App.svelte'

const target = document.getElementById('app')
if (target) mount(App, { target })
